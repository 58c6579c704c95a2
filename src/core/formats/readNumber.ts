import { longestSpecial, specials } from './specialNumbers.ts';

/** Exact in a double: with at most 15 digits, one division or product by them is correctly rounded. */
const powersOfTen = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
];
const longestExact = 15;

/**
 * The number that fills `text` from `start` to `end`, to the last bit what `Number` would read; undefined where anything
 * else stands there. Takes Python's and C's spellings of NaN and infinity.
 */
export function readNumber(text: string, start: number, end: number): number | undefined {
  let at = start;
  let code = text.charCodeAt(at);
  const isNegative = code === 45;
  if (isNegative || code === 43) code = text.charCodeAt(++at);
  let mantissa = 0;
  let digits = 0;
  let scale = 0;
  const first = at;
  while (at < end && code >= 48 && code <= 57) {
    mantissa = mantissa * 10 + (code - 48);
    if (mantissa !== 0) digits += 1;
    code = text.charCodeAt(++at);
  }
  let seen = at - first;
  if (at < end && code === 46) {
    const point = at;
    code = text.charCodeAt(++at);
    while (at < end && code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      if (mantissa !== 0) digits += 1;
      code = text.charCodeAt(++at);
    }
    scale = at - point - 1;
    seen += scale;
  }
  if (seen === 0) return readSpecial(text, start, end);
  if (at < end && (code === 101 || code === 69)) {
    code = text.charCodeAt(++at);
    const isSmall = code === 45;
    if (isSmall || code === 43) code = text.charCodeAt(++at);
    let exponent = 0;
    const from = at;
    while (at < end && code >= 48 && code <= 57) {
      if (exponent < 100_000) exponent = exponent * 10 + (code - 48);
      code = text.charCodeAt(++at);
    }
    if (at === from) return undefined;
    scale += isSmall ? exponent : -exponent;
  }
  if (at !== end) return undefined;
  if (digits > longestExact || scale > 22 || scale < -22) return Number(text.slice(start, end));
  const size = scale >= 0 ? mantissa / (powersOfTen[scale] ?? 1) : mantissa * (powersOfTen[-scale] ?? 1);
  return isNegative ? -size : size;
}

function readSpecial(text: string, start: number, end: number): number | undefined {
  const length = end - start;
  if (length < 3 || length > longestSpecial) return undefined;
  return specials.get(text.slice(start, end).toLowerCase());
}
