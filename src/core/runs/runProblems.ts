import type { Problem } from '../problem.ts';
import type { Axis } from './axisFinder.ts';
import type { CleanSeries } from './cleanSeries.ts';
import type { FallKind } from './fallingX.ts';
import type { Table } from './table.ts';

interface NotFiniteDraft {
  readonly name: string;
  readonly clean: CleanSeries;
  readonly badRow: number | null;
}

export function notFinite(table: Table, drafts: readonly NotFiniteDraft[]): Problem[] {
  const bad = drafts.filter(({ clean }) => clean.dropped.notFinite > 0);
  const [first] = bad;
  if (first === undefined) return [];
  const count = bad.reduce((sum, { clean }) => sum + clean.dropped.notFinite, 0);
  const line = first.badRow === null ? undefined : table.lineOf(first.badRow);
  const others = bad.length > 1 ? ` and ${bad.length - 1} more series` : '';
  return [
    {
      code: 'not-finite',
      message: `${line === undefined ? '' : `Line ${line}: `}"${first.name}"${others} had values that are not finite numbers; these checkpoints were left out.`,
      ...(line === undefined ? {} : { line }),
      count,
    },
  ];
}

/** @param drafts of what was measured */
export function severalAtOne(
  drafts: readonly { readonly name: string; readonly axis: Axis; readonly clean: CleanSeries }[],
): Problem[] {
  const averaged = drafts.filter(({ clean }) => clean.mostAveraged !== undefined);
  const [first] = averaged;
  if (first === undefined) return [];
  const most = averaged.reduce((all, { clean }) => Math.max(all, clean.mostAveraged ?? 1), 1);
  const others = averaged.length > 1 ? ` and ${averaged.length - 1} more series have` : ' has';
  return [
    {
      code: 'several-at-one',
      message: `"${first.name}"${others} up to ${most} values at one ${first.axis.name}, as of several samples or processes: the mean of them is taken.`,
      count: 1,
    },
  ];
}

export function fallProblems(kind: FallKind, xName: string, hasFalseStart: boolean): Problem[] {
  if (kind === 'resumed') {
    return [
      {
        code: 'resumed',
        message: `"${xName}" falls back as after a resume: of what was logged twice the later values hold.${
          hasFalseStart ? ' A resume that ended after a checkpoint or two was left out.' : ''
        }`,
        count: 1,
      },
    ];
  }
  if (kind === 'two-writers' || kind === 'overtaken') {
    const how =
      kind === 'overtaken'
        ? 'by a few checkpoints at most, as when several processes log each of them'
        : 'again and again, as when two processes write one log';
    return [
      {
        code: 'two-writers',
        message: `"${xName}" falls back ${how}: their values were merged by ${xName}.`,
        count: 1,
      },
    ];
  }
  if (kind === 'newest-first') {
    return [
      {
        code: 'newest-first',
        message: `"${xName}" falls from record to record: the newest stands first, so the log was read from its end.`,
        count: 1,
      },
    ];
  }
  return [];
}

export function secondRun(table: Table, row: number, xName: string): Problem {
  const line = table.lineOf(row);
  return {
    code: 'second-run',
    message: `Line ${line}: "${xName}" starts over, so a second run begins here; the newest is forecast unless you choose another.`,
    line,
    count: 1,
  };
}
