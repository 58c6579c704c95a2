import type { SeriesInput } from './forecaster.ts';

/** What came from a checkpoint on. */
export function partFrom(input: SeriesInput, index: number): SeriesInput {
  if (index <= 0) return input;
  const part = { ...input, x: input.x.slice(index), y: input.y.slice(index) };
  const { standardErrors } = input;
  return standardErrors === undefined ? part : { ...part, standardErrors: standardErrors.slice(index) };
}

/** The newest share of a series, of at least `fewest` checkpoints. */
export function newestPart(input: SeriesInput, share: number, fewest: number): SeriesInput {
  const n = input.x.length;
  return partFrom(input, n - Math.max(fewest, Math.round(n * share)));
}
