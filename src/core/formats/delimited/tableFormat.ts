import type { IsWanted, Recognition, RowSink, Sample, TextFormat } from '../format.ts';
import { type ColumnOf, leftOut, wantedColumns } from '../wantedColumns.ts';
import { DelimitedParser } from './delimitedParser.ts';
import { type SniffedTable, sniffTable } from './sniffTable.ts';

export interface TableKind {
  readonly id: string;
  readonly title: string;
  /** A recognised one is never surer than that. */
  readonly mostConfidence: number;
  /** What the first block of each holds: no other is looked at as a table for it. */
  readonly mark?: string;
  /** Why a table with this header is of this kind; null where it is not. */
  recognise(table: SniffedTable, sample: Sample): Recognition | null;
  /** What this kind makes of a column: another name, or null to leave it out. */
  rename?(name: string, sample: Sample): string | null;
  /** Columns that this kind counts its progress by, the main one first. */
  readonly axes?: readonly string[];
}

/** A log whose kind shows in the names of its header. */
export function tableFormat(kind: TableKind): TextFormat {
  const { id, title, mostConfidence, mark = '', recognise, rename, axes = [] } = kind;
  return {
    id,
    title,
    kind: 'text',
    mostConfidence,
    sniff(sample) {
      const table = sample.head.includes(mark) ? sniffTable(sample) : null;
      return table === null ? null : recognise(table, sample);
    },
    open(sink, sample, isWanted) {
      const table = sniffTable(sample);
      const columnOf = renaming(sink, isWanted, axes, (name) => (rename === undefined ? name : rename(name, sample)));
      return new DelimitedParser(table?.delimiter ?? ',', sink, columnOf, table?.names);
    },
  };
}

/** Handles of columns under their new names, with what is known of axes; none for those left out. */
function renaming(
  sink: RowSink,
  isWanted: IsWanted | undefined,
  axes: readonly string[],
  rename: (name: string) => string | null,
): ColumnOf {
  const columnOf = wantedColumns(sink, isWanted);
  return (name) => {
    const renamed = rename(name);
    const column = renamed === null ? leftOut : columnOf(renamed);
    const rank = axes.indexOf(name);
    if (rank >= 0 && column !== leftOut) {
      sink.describe(column, { axis: rank, why: 'this kind of log counts its progress by it' });
    }
    return column;
  };
}
