import type { SeriesInput } from './forecaster.ts';

/** The newer half of a series. */
export function newerHalf(input: SeriesInput): SeriesInput {
  const from = input.x.length >> 1;
  const half = { ...input, x: input.x.slice(from), y: input.y.slice(from) };
  const { standardErrors } = input;
  return standardErrors === undefined ? half : { ...half, standardErrors: standardErrors.slice(from) };
}
