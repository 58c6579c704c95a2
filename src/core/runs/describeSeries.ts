import { inEnglish } from '../inEnglish.ts';
import type { Axis } from './axisFinder.ts';
import type { CleanSeries } from './cleanSeries.ts';
import type { ColdSeries, Direction, Role, RunChoices, Series } from './run.ts';
import { seriesMeaning } from './seriesMeaning.ts';
import { type FoundRole, findRoles } from './seriesRoles.ts';
import type { Column } from './table.ts';

/** A cleaned series of which only its values and its name are known. */
export interface SeriesDraft {
  readonly name: string;
  /** Name that says what it means, where its own does not say it all. */
  readonly meant: string;
  readonly column: Column;
  readonly axis: Axis;
  readonly clean: CleanSeries;
  /** null where the values are kept. */
  readonly cold: ColdSeries | null;
  /** Standard errors of the cleaned values; null where the log has none. */
  readonly errors: Float64Array | null;
  /** Line of its first value that was not finite. */
  readonly badRow: number | null;
}

/** Says of each series what it means: role, direction, what its values can be, and why. */
export function describeSeries(drafts: readonly SeriesDraft[], choices: RunChoices): Series[] {
  const hasReward = drafts.some(({ meant }) => /reward|(^|\/)rew(ard)?s?(\/|_|$)/i.test(inEnglish(meant)));
  const meanings = drafts.map((draft) => meaningOf(draft, choices, hasReward));
  const named = drafts.map((draft, i) => ({
    name: inEnglish(draft.meant),
    direction: meanings[i]?.direction ?? 'none',
    isUnknown: meanings[i]?.isUnknown ?? false,
    n: countOf(draft),
  }));
  const found = findRoles(named);
  const given = drafts.map((draft, i) => roleOf(draft, i, found, choices));
  const firstOf = (role: Role): number | null => startOf(drafts[given.findIndex((one) => one.role === role)]);
  const pairDirection = directionOfPair(firstOf('solver'), firstOf('verifier'));
  return drafts.map((draft, i): Series => {
    const { role, why } = given[i] ?? { role: 'none', why: '' };
    const byName = meanings[i] ?? { direction: 'none', range: {}, why: '' };
    const lost = lostAtEnd(draft);
    const meaning = byName.isUnknown === true && isPaired(role) ? { ...byName, ...pairDirection } : byName;
    return {
      name: draft.name,
      xName: draft.axis.name,
      role,
      direction: role === 'gap' ? 'none' : meaning.direction,
      range: role === 'gap' ? {} : meaning.range,
      x: draft.clean.x,
      y: draft.clean.y,
      min: draft.clean.min,
      max: draft.clean.max,
      ...(draft.cold === null ? {} : { cold: draft.cold }),
      ...(draft.errors === null ? {} : { standardErrors: draft.errors }),
      ...(lost === 0 ? {} : { lost }),
      why: [why, meaning.why].filter((text) => text !== '').join('; '),
    };
  });
}

/** A metric that is not logged on every row may have NaN between: only what breaks off and stays so is lost. */
function lostAtEnd(draft: SeriesDraft): number {
  const { dropped, firstNotFinite } = draft.clean;
  const before = countOf(draft) + dropped.withoutX + dropped.replaced;
  return firstNotFinite !== null && firstNotFinite === before ? dropped.notFinite : 0;
}

const countOf = ({ cold, clean }: SeriesDraft): number => cold?.n ?? clean.y.length;

const startOf = (draft: SeriesDraft | undefined): number | null => draft?.cold?.first?.[1] ?? draft?.clean.y[0] ?? null;

const isPaired = (role: Role): boolean => role === 'solver' || role === 'verifier';

/**
 * Of names such as `solver` and `verifier` alone: the verifier is ahead of its solver (a positive gap drives the run, Sun et
 * al., section 2), so it tells which way is better; a solver alone is the uncertainty that the theory speaks of.
 */
function directionOfPair(solver: number | null, verifier: number | null): Pick<Series, 'direction' | 'why'> {
  if (solver === null || verifier === null) {
    return { direction: 'lower', why: 'without another word it is an uncertainty: lower is better' };
  }
  return solver >= verifier
    ? { direction: 'lower', why: 'the verifier starts under the solver: lower is better' }
    : { direction: 'higher', why: 'the verifier starts over the solver: higher is better' };
}

function meaningOf(
  draft: SeriesDraft,
  choices: RunChoices,
  hasReward: boolean,
): { direction: Direction; range: Series['range']; why: string; isUnknown?: boolean } {
  const { name, meant, column, clean } = draft;
  const { min, max } = clean;
  const byName = seriesMeaning(meant, { min, max });
  const facts = column.facts;
  const direction = facts?.direction ?? (facts?.axis === undefined ? byName.direction : 'none');
  const range = facts?.range ?? (direction === byName.direction ? byName.range : {});
  const chosen =
    choices.directions !== undefined && Object.hasOwn(choices.directions, name) ? choices.directions[name] : undefined;
  if (chosen !== undefined) return { direction: chosen, range, why: 'its direction was chosen' };
  if (direction !== 'none' && countOf(draft) > 2 && min === max) {
    return { direction: 'none', range: {}, why: 'it never changes' };
  }
  if (direction === 'lower' && hasReward && /^(.*[/_])?loss$/i.test(inEnglish(name))) {
    return { direction: 'none', range: {}, why: 'beside a reward the loss is no objective' };
  }
  const isUnknown = facts === null && byName.isUnknown === true;
  return { direction, range, why: facts?.why ?? byName.why, isUnknown };
}

function roleOf(
  { name, column }: SeriesDraft,
  index: number,
  found: ReturnType<typeof findRoles>,
  choices: RunChoices,
): { role: Role; why: string } {
  const roles = ['solver', 'verifier', 'gap'] as const;
  const chosen = roles.find((role) => choices[role] === name);
  if (chosen !== undefined) return { role: chosen, why: `it was chosen as the ${chosen}` };
  const role = found.get(index) ?? knownRole(column, found);
  // Who chooses one role by hand keeps what was found for the others.
  if (role === undefined || choices[role.role] !== undefined) return { role: 'none', why: '' };
  return { role: role.role, why: role.why };
}

/** What the format itself knows, unless a name tells another series of that role. */
function knownRole({ facts }: Column, found: ReturnType<typeof findRoles>): FoundRole | undefined {
  const role = facts?.role;
  if (facts === null || role === undefined || role === 'none') return undefined;
  return [...found.values()].some((one) => one.role === role) ? undefined : { role, why: facts.why };
}
