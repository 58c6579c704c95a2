import type { Axis } from './axisFinder.ts';
import type { ColdCell, ColdSummary } from './coldValues.ts';
import type { SeriesDraft } from './describeSeries.ts';

/** The series of a cold column. @param x where its cells stand. @param summary of them */
export function coldDraft(
  draft: Omit<SeriesDraft, 'clean' | 'badRow' | 'cold'>,
  x: Float64Array,
  { count, notFinite, firstNotFinite, min, max, first, last }: ColdSummary,
): SeriesDraft {
  const { rows } = draft.column;
  const placed = (cell: ColdCell | null): readonly [number, number] | null =>
    cell === null ? null : [xAt(draft.axis, rows.at(cell.index)), cell.value];
  return {
    ...draft,
    clean: {
      x,
      y: new Float64Array(0),
      min,
      max,
      kept: null,
      dropped: { notFinite, withoutX: 0, replaced: 0 },
      firstNotFinite,
    },
    badRow: firstNotFinite === null ? null : rows.at(firstNotFinite),
    cold: { n: count, first: placed(first), last: placed(last) },
  };
}

/** x of a row that may have come after the axis was found. */
function xAt({ source, values }: Axis, row: number): number {
  if (source === 'records') return values[row] ?? row + 1;
  if (source === 'place') return values[row] ?? Number.NaN;
  const index = source.rows.indexFrom(row);
  return source.rows.at(index) === row ? source.values.at(index) : Number.NaN;
}
