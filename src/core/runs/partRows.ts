/** Which rows of a table one run is made of. */
export interface PartRows {
  readonly first: number;
  has(row: number): boolean;
}

/** @param rows rising. @param rowCount of the table */
export function partRows(rows: Int32Array, rowCount: number): PartRows {
  const first = rows[0] ?? 0;
  const last = rows.at(-1) ?? -1;
  if (last - first === rows.length - 1) return { first, has: (row) => row >= first && row <= last };
  const isIn = new Uint8Array(rowCount);
  for (const row of rows) isIn[row] = 1;
  return { first, has: (row) => isIn[row] === 1 };
}

/** The same of a table that grew, where all that came is of this run too. @param from the first row that came */
export const withAllFrom = ({ first, has }: PartRows, from: number): PartRows => ({
  first,
  has: (row) => row >= from || has(row),
});
