import { endOfExponent, exactScale, exponentAt, highestPower, powers, ratio } from './scanNumber.ts';

/** Bytes that must be there from the start of a number on: so many are read without a look at the end. */
export const quickDecimalReach = 32;

const minus = 45;
const point = 46;
const zero = 48;
const mostWholeDigits = 10;
/** The first decimals make one integer, those behind them another one. */
const firstDecimals = 8;
/** Decimals that are read four at a time. */
const foursOfDecimals = 16;
/** With the zeros behind the point of a small number. */
const mostDecimals = 20;
/** Python prints a double with 17 digits at most. */
const mantissaLimit = 1e17;

/**
 * What `scanNumber` does, several digits at a time, for a number as most are written: `12`, `-0.7458007540946509`, `4.38e-06`.
 * @param view of the same bytes, `quickDecimalReach` of which must be there
 * @returns the place behind the number; -1 where it is another one or none, then nothing is put
 */
export function quickDecimal(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  into: Float64Array,
  index: number,
): number {
  const isNegative = bytes[start] === minus;
  const wholeAt = isNegative ? start + 1 : start;
  let at = wholeAt;
  let digit = (bytes[at] ?? 0) - zero;
  let whole = 0;
  while (digit >= 0 && digit <= 9) {
    whole = whole * 10 + digit;
    at += 1;
    digit = (bytes[at] ?? 0) - zero;
    if (at - wholeAt > mostWholeDigits) return -1;
  }
  if (at === wholeAt) return -1;
  let high = 0;
  let low = 0;
  let decimals = 0;
  if (digit === point - zero) {
    const decimalsAt = at + 1;
    at = decimalsAt;
    while (at - decimalsAt < foursOfDecimals) {
      const four = fourDigits(view.getInt32(at, true));
      if (four < 0) break;
      if (at - decimalsAt < firstDecimals) high = high * 10_000 + four;
      else low = low * 10_000 + four;
      at += 4;
    }
    digit = (bytes[at] ?? 0) - zero;
    while (digit >= 0 && digit <= 9) {
      if (at - decimalsAt < firstDecimals) high = high * 10 + digit;
      else low = low * 10 + digit;
      at += 1;
      digit = (bytes[at] ?? 0) - zero;
      if (at - decimalsAt > mostDecimals) return -1;
    }
    decimals = at - decimalsAt;
  }
  let scale = decimals;
  if (((digit + zero) | 32) === 101) {
    const exponentEnd = endOfExponent(bytes, at + 1, bytes.length);
    if (exponentEnd > 0) {
      scale -= exponentAt(bytes, at + 1, exponentEnd);
      at = exponentEnd;
    }
  }
  if (scale < 0 || scale > highestPower) return -1;
  const size = quotient(whole, high, low, decimals, scale);
  if (Number.isNaN(size)) return -1;
  into[index] = isNegative ? -size : size;
  return at;
}

/** (whole 10^decimals + the decimals) / 10^scale; NaN where its last bit is not sure. */
function quotient(whole: number, high: number, low: number, decimals: number, scale: number): number {
  if (decimals === 0 && scale === 0) return whole;
  const lowDecimals = decimals - firstDecimals;
  // Both parts are exact: below 10^17, the first is a multiple of 2^4 or has the whole digits alone.
  const isLong = lowDecimals >= 4;
  const leading = isLong
    ? (whole * (powers[firstDecimals] ?? 1) + high) * (powers[lowDecimals] ?? 1)
    : whole * (powers[decimals] ?? 1);
  const trailing = isLong || lowDecimals <= 0 ? (isLong ? low : high) : high * (powers[lowDecimals] ?? 1) + low;
  const mantissa = leading + trailing;
  if (mantissa <= Number.MAX_SAFE_INTEGER && scale <= exactScale) return mantissa / (powers[scale] ?? 1);
  return mantissa < mantissaLimit ? ratio(mantissa, trailing - (mantissa - leading), scale) : Number.NaN;
}

/** The number that four digits make, the first of them in the lowest byte; -1 where one of the bytes is no digit. */
function fourDigits(word: number): number {
  if ((((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030)) !== 0) return -1;
  const pairs = (Math.imul(word & 0x0f0f0f0f, 2561) >>> 8) & 0x00ff00ff;
  return Math.imul(pairs, 6_553_601) >>> 16;
}
