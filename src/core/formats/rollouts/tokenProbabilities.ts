import type { Sample } from '../../rollouts/sample.ts';
import { readNumber } from '../bytes/readNumber.ts';
import { endOfBareword, pastSpace } from '../json/skipValue.ts';

/**
 * Uncertainty of a response from the log-probabilities of its tokens: the sum, and the mean a token. A mask says which tokens
 * are the model's; without one, zeros at both ends are those of the prompt and of padding.
 * @param list of numbers, its brackets included. @param mask as long; start -1 without.
 */
export function tokenProbabilities(
  bytes: Uint8Array,
  list: { readonly start: number; readonly end: number },
  mask: { readonly start: number; readonly end: number },
): Pick<Sample, 'uncertainty' | 'uncertaintyPerToken'> {
  const values = numbersIn(bytes, list.start, list.end);
  const marks = mask.start < 0 ? [] : numbersIn(bytes, mask.start, mask.end);
  const isMasked = marks.length === values.length;
  const first = values.findIndex((value) => value !== 0);
  const last = values.findLastIndex((value) => value !== 0);
  let sum = 0;
  let tokens = 0;
  for (const [i, value] of values.entries()) {
    if (isMasked ? marks[i] === 0 : i < first || i > last || first < 0) continue;
    sum -= value;
    tokens += 1;
  }
  return tokens === 0
    ? { uncertainty: Number.NaN, uncertaintyPerToken: Number.NaN }
    : { uncertainty: sum, uncertaintyPerToken: sum / tokens };
}

const scratch = new Float64Array(1);

/** At any depth; what is no number counts as one that is not known. */
function numbersIn(bytes: Uint8Array, start: number, end: number): number[] {
  const numbers: number[] = [];
  let at = start;
  while (at < end) {
    const code = bytes[at];
    if (code === 91 || code === 93 || code === 44 || code === 34 || code === 123 || code === 125 || code === 58) {
      at += 1;
      continue;
    }
    at = pastSpace(bytes, at, end);
    const behind = endOfBareword(bytes, at, end);
    if (behind > at) numbers.push(readNumber(bytes, at, behind, scratch, 0) ? (scratch[0] ?? 0) : Number.NaN);
    // A sign of control stands for nothing.
    at = Math.max(behind, at + 1);
  }
  return numbers;
}
