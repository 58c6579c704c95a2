/** A symmetric positive definite matrix by rows; these have as many rows as a curve has shape parameters. */
export type SmallMatrix = readonly (readonly number[])[];

/** Pivots under this share of a diagonal entry are rounding errors. */
const smallestPivot = 1e-14;

/** x with A x = b, by Cholesky's decomposition; null where A is not positive definite to working precision. */
export function solveSmall(a: SmallMatrix, b: readonly number[]): number[] | null {
  const lower = lowerTriangle(a);
  if (lower === null) return null;
  const at = (i: number, j: number): number => lower[i]?.[j] ?? 0;
  const x = [...b];
  for (let i = 0; i < x.length; i++) {
    let sum = x[i] ?? 0;
    for (let j = 0; j < i; j++) sum -= at(i, j) * (x[j] ?? 0);
    x[i] = sum / at(i, i);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let j = i + 1; j < x.length; j++) sum -= at(j, i) * (x[j] ?? 0);
    x[i] = sum / at(i, i);
  }
  return x;
}

/** null as {@link solveSmall}. */
export function invertSmall(a: SmallMatrix): number[][] | null {
  const columns: number[][] = [];
  for (let i = 0; i < a.length; i++) {
    const column = solveSmall(
      a,
      a.map((_, row) => (row === i ? 1 : 0)),
    );
    if (column === null) return null;
    columns.push(column);
  }
  return columns;
}

/** L with L L' = A; null as {@link solveSmall}. */
export function lowerTriangle(a: SmallMatrix): number[][] | null {
  const lower = a.map((row) => row.map(() => 0));
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (lower[j]?.[k] ?? 0);
      if (i === j) {
        if (!(sum > smallestPivot * Math.abs(a[i]?.[i] ?? 0))) return null;
        row[j] = Math.sqrt(sum);
      } else row[j] = sum / (lower[j]?.[j] ?? 1);
    }
  }
  return lower;
}
