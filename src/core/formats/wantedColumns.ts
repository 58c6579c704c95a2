import type { IsWanted, RowSink } from './format.ts';

/** Handle of a column that is left out: nothing may be put there. */
export const leftOut = -1;

/** Passes everything on, but gives no handle for a column that is not wanted. */
export function wantedColumns(sink: RowSink, isWanted: IsWanted | undefined): RowSink {
  if (isWanted === undefined) return sink;
  return {
    column: (name) => (isWanted(name) ? sink.column(name) : leftOut),
    describe: (column, facts) => {
      if (column !== leftOut) sink.describe(column, facts);
    },
    startRun: (name, startedAt) => sink.startRun(name, startedAt),
    budget: (budget) => sink.budget(budget),
    beginRow: (at) => sink.beginRow(at),
    number: (column, value) => {
      if (column !== leftOut) sink.number(column, value);
    },
    text: (column, value) => {
      if (column !== leftOut) sink.text(column, value);
    },
    endRow: () => sink.endRow(),
    problem: (problem) => sink.problem(problem),
  };
}
