/** Exact in a double up to 1e22; beyond it what the double leaves out stands in `powerRests`, and the two are exact. */
export const highestPower = 45;
/** Up to it a power of ten is exact in a double. */
export const exactScale = 22;
export const powers = new Float64Array(highestPower + 1);
export const powerRests = new Float64Array(highestPower + 1);
for (let i = 0; i <= highestPower; i += 1) {
  powers[i] = Number(`1e${i}`);
  powerRests[i] = Number(10n ** BigInt(i) - BigInt(powers[i] ?? 0));
}
/** 2^27 + 1 parts a double into two halves of 26 bits, whose products are exact (Dekker 1971). */
const splitter = 134_217_729;
/** The first digits of a mantissa make one integer of 31 bits, those behind them another one. */
const firstDigits = 9;
const lastDigits = 8;

/**
 * Puts the decimal number that starts at `start` into `into[index]`, to the last bit what `Number` would read, without
 * making a string of it. A sign, `.5`, `5.` and an exponent may stand there; names such as `nan` may not.
 * @returns the place behind the number; -1 where none starts, then nothing is put
 */
export function scanNumber(bytes: Uint8Array, start: number, end: number, into: Float64Array, index: number): number {
  let at = start;
  const sign = at < end ? (bytes[at] ?? 0) : 0;
  if (sign === 45 || sign === 43) at += 1;
  const first = at;
  let point = -1;
  while (at < end && bytes[at] === 48) at += 1;
  if (at < end && bytes[at] === 46) {
    point = at;
    at += 1;
    while (at < end && bytes[at] === 48) at += 1;
  }
  let high = 0;
  let digits = 0;
  while (at < end && digits < firstDigits) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit >= 0 && digit <= 9) {
      high = (high * 10 + digit) | 0;
      digits += 1;
    } else if (digit === -2 && point < 0) point = at;
    else break;
    at += 1;
  }
  let low = 0;
  let lowDigits = 0;
  if (digits === firstDigits) {
    while (at < end) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit >= 0 && digit <= 9) {
        if (lowDigits < lastDigits) low = (low * 10 + digit) | 0;
        lowDigits += 1;
      } else if (digit === -2 && point < 0) point = at;
      else break;
      at += 1;
    }
  }
  // A sign or a point alone.
  if (at - first - (point < 0 ? 0 : 1) === 0) return -1;
  let scale = point < 0 ? 0 : at - point - 1;
  if (at < end && ((bytes[at] ?? 0) | 32) === 101) {
    const exponentEnd = endOfExponent(bytes, at + 1, end);
    if (exponentEnd > 0) {
      scale -= exponentAt(bytes, at + 1, exponentEnd);
      at = exponentEnd;
    }
  }
  let size = Number.NaN;
  if (lowDigits === 0) {
    if (scale >= 0 && scale <= exactScale) size = high / (powers[scale] ?? 1);
  } else if (lowDigits <= lastDigits && scale >= 0 && scale <= highestPower) {
    size = longRatio(high, low, lowDigits, scale);
  }
  if (Number.isNaN(size)) into[index] = slowly(bytes, start, at);
  else into[index] = sign === 45 ? -size : size;
  return at;
}

/**
 * (high 10^lowDigits + low) / 10^scale for up to 17 digits, which is how Python prints a double: the division is made with
 * one step of correction. NaN where the result lies too near the middle between two doubles to be sure of its last bit.
 */
function longRatio(high: number, low: number, lowDigits: number, scale: number): number {
  // Exact: 10^8 = 2^8 5^8, and 5^8 times nine digits is below 2^53.
  const leading = high * (powers[lowDigits] ?? 1);
  const mantissa = leading + low;
  if (mantissa <= Number.MAX_SAFE_INTEGER && scale <= exactScale) return mantissa / (powers[scale] ?? 1);
  return ratio(mantissa, low - (mantissa - leading), scale);
}

/** (mantissa + rest) / 10^scale, the mantissa below 10^17 and its rest exact; NaN as above. */
export function ratio(mantissa: number, mantissaRest: number, scale: number): number {
  const power = powers[scale] ?? 1;
  const quotient = mantissa / power;
  const product = quotient * power;
  const quotientHalf = upperHalf(quotient);
  const powerHalf = upperHalf(power);
  const quotientRest = quotient - quotientHalf;
  const powerHalfRest = power - powerHalf;
  const productRest =
    quotientRest * powerHalfRest -
    (product - quotientHalf * powerHalf - quotientRest * powerHalf - quotientHalf * powerHalfRest);
  const left = mantissa - product - productRest + mantissaRest - quotient * (powerRests[scale] ?? 0);
  const correction = left / power;
  const unsure = Math.abs(correction) * 2 ** -48 + quotient * 2 ** -100;
  const value = quotient + (correction + unsure);
  return value === quotient + (correction - unsure) ? value : Number.NaN;
}

function upperHalf(value: number): number {
  const scaled = splitter * value;
  return scaled - (scaled - value);
}

/** Behind the digits of an exponent that starts at `start`; 0 where none stand there. */
export function endOfExponent(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (at < end && (bytes[at] === 45 || bytes[at] === 43)) at += 1;
  const from = at;
  while (at < end && isDigit(bytes[at] ?? 0)) at += 1;
  return at === from ? 0 : at;
}

export function exponentAt(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === 45;
  let exponent = 0;
  for (let at = start; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (isDigit(code) && exponent < 100_000) exponent = exponent * 10 + (code - 48);
  }
  return isNegative ? -exponent : exponent;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function slowly(bytes: Uint8Array, start: number, end: number): number {
  return Number(asciiAt(bytes, start, end));
}

/** A text that is known to be ASCII, and short. */
export function asciiAt(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
