import { longestSpecial, specials } from '../specialNumbers.ts';
import { asciiAt, scanNumber } from './scanNumber.ts';

const shortestSpecial = 3;

/**
 * Puts the number that fills `bytes` from `start` to `end` into `into[index]`, NaN and the infinities among them.
 * @returns false where anything else stands there; then nothing is put
 */
export function readNumber(bytes: Uint8Array, start: number, end: number, into: Float64Array, index: number): boolean {
  return scanNumber(bytes, start, end, into, index) === end || readSpecial(bytes, start, end, into, index);
}

/** The same for NaN and the infinities only. */
export function readSpecial(bytes: Uint8Array, start: number, end: number, into: Float64Array, index: number): boolean {
  const length = end - start;
  if (length < shortestSpecial || length > longestSpecial) return false;
  const value = specials.get(asciiAt(bytes, start, end).toLowerCase());
  if (value === undefined) return false;
  into[index] = value;
  return true;
}
