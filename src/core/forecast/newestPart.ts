import type { SeriesInput } from './forecaster.ts';

/** The newest share of a series, of at least `fewest` checkpoints. */
export function newestPart(input: SeriesInput, share: number, fewest: number): SeriesInput {
  const n = input.x.length;
  const from = Math.max(0, n - Math.max(fewest, Math.round(n * share)));
  const part = { ...input, x: input.x.slice(from), y: input.y.slice(from) };
  const { standardErrors } = input;
  return standardErrors === undefined ? part : { ...part, standardErrors: standardErrors.slice(from) };
}
