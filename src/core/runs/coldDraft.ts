import type { SeriesDraft } from './describeSeries.ts';

/** The series of a cold column. @param x of all of its cells. @param rows of its cells */
export function coldDraft(
  draft: Omit<SeriesDraft, 'clean' | 'badRow' | 'cold'>,
  x: Float64Array,
  rows: Pick<Int32Array, 'at'>,
): SeriesDraft {
  const { cold, values } = draft.column;
  if (cold === null) throw new Error(`The values of ${draft.name} are kept.`);
  const { count, notFinite, firstNotFinite, min, max, first, last } = cold.summary(values);
  const placed = (cell: typeof first): readonly [number, number] | null =>
    cell === null ? null : [x[cell.index] ?? Number.NaN, cell.value];
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
    badRow: firstNotFinite === null ? null : (rows.at(firstNotFinite) ?? null),
    cold: { n: count, first: placed(first), last: placed(last) },
  };
}
