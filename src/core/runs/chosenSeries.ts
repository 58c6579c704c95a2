import { inEnglish } from '../inEnglish.ts';
import type { Run, Series } from './run.ts';

/** Series forecast unasked, beside those with a role: a log may have hundreds, and each costs. */
const mostUnasked = 6;

/** The series of a run that are forecast. @param asked by name; undefined: those that matter most. */
export function chosenSeries(run: Run, asked: readonly string[] | undefined): Series[] {
  if (asked !== undefined)
    return asked.flatMap((name) => run.series.filter((series) => series.name === name).slice(0, 1));
  const withRole = (['solver', 'verifier', 'gap'] as const).flatMap((role) =>
    run.series.filter((series) => series.role === role),
  );
  const others = run.series.filter(
    ({ role, direction, xName }) => role === 'none' && direction !== 'none' && xName === run.xName,
  );
  const elsewhere = run.series.filter(
    ({ role, direction, xName }) => role === 'none' && direction !== 'none' && xName !== run.xName,
  );
  const unasked = [...others, ...elsewhere].sort((a, b) => importance(b) - importance(a)).slice(0, mostUnasked);
  const chosen = withRole.length >= 2 ? withRole : [...withRole, ...unasked];
  // Where no name says what is better, something is still to be seen.
  return chosen.length > 0 ? chosen : run.series.slice(0, mostUnasked);
}

/** Held-out metrics say more than those of training; whole losses more than parts. */
function importance({ name, y, cold }: Series): number {
  const english = inEnglish(name);
  const heldOut = /(^|[^a-z])(val|valid|validation|eval|evaluation|test|dev|heldout|tel)([^a-z]|$)/i.test(english)
    ? 2
    : 0;
  const whole =
    /(^|[/_ ])(loss|accuracy|acc|reward|perplexity|ppl|total_loss|cross_?entropy(_?loss)?|f1|wer|map50-95\(b\))$/i.test(
      english,
    )
      ? 1
      : 0;
  return heldOut + whole + ((cold?.n ?? y.length) >= 5 ? 4 : 0);
}
