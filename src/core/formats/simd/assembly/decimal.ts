import { digitMasksAt, powerRestsAt, powersAt, spareAt, tensAt } from '../layout';

const minus: u32 = 45;
const plus: u32 = 43;
const point: u32 = 46;
const zero: u32 = 48;
const letterE: u32 = 101;

/** Digits that are read at once. */
const mostAtOnce: i32 = 16;
const mostWhole: i32 = 16;
const mostDecimals: i32 = 20;
const mostExponentDigits: usize = 3;
/** A mantissa with more digits may not fit into 64 bits. */
const mostDigits: i32 = 18;
const mostExact: i64 = 9_007_199_254_740_991;
const exactScale: i32 = 22;
const highestPower: i32 = 45;
/** Of what a ratio may have in front of its correction (see `ratio` in scanNumber.ts). */
const mantissaLimit: i64 = 100_000_000_000_000_000;

/**
 * Passes over the decimal number that starts at `start`, or over the first part of a very long one.
 * @returns the place behind it; 0 where none starts or it is one for `scanNumber`
 */
export function passDecimal(start: usize): usize {
  const sign: u32 = <u32>load<u8>(start) === minus ? 1 : 0;
  const others: u32 = othersFrom(start) ^ sign;
  const whole = ctz(others);
  if (whole === sign) return 0;
  // Where it ends hangs on no look at the point, but on a guess of the processor, nearly always right.
  if (<u32>load<u8>(start + whole) === point) {
    const length = ctz(others & (others - 1));
    if ((<u32>load<u8>(start + length) | 32) !== letterE) return start + length;
  } else if ((<u32>load<u8>(start + whole) | 32) !== letterE) return start + whole;
  return readDecimal(start, spareAt);
}

/**
 * Reads the decimal number that starts at `start`, to the last bit what `Number` would read.
 * @param slot where it is put as a double
 * @returns the place behind it; 0 where none starts or it is one for `scanNumber`
 */
export function readDecimal(start: usize, slot: usize): usize {
  const sign: u32 = <u32>load<u8>(start) === minus ? 1 : 0;
  const others: u32 = othersFrom(start) ^ sign;
  let at: usize = start + ctz(others);
  const whole = <i32>(at - start - sign);
  if (whole === 0 || whole > mostWhole) return 0;
  let code: u32 = load<u8>(at);
  let mantissa: i64 = 0;
  let decimals: i32 = 0;
  if (code === point) {
    const wholeEnd = at;
    at = start + ctz(others & (others - 1));
    decimals = <i32>(at - wholeEnd - 1);
    mantissa = mantissaOf(wholeEnd, whole, at, decimals);
    if (mantissa < 0) return 0;
    code = load<u8>(at);
  } else mantissa = <i64>digitsBefore(at, whole);
  let exponent: i32 = 0;
  if ((code | 32) === letterE) {
    code = load<u8>(at, 1);
    const isSigned = code === minus || code === plus;
    const isBelow = code === minus;
    const from = at + (isSigned ? 2 : 1);
    at = from;
    for (code = load<u8>(at); code - zero < 10; code = load<u8>(at)) {
      exponent = exponent * 10 + <i32>(code - zero);
      at += 1;
    }
    if (at === from || at > from + mostExponentDigits) return 0;
    if (isBelow) exponent = -exponent;
  }
  const size = scaled(mantissa, decimals - exponent);
  if (size !== size) return 0;
  store<f64>(slot, sign === 1 ? -size : size);
  return at;
}

/** Of the `whole` digits before `wholeEnd` and the `decimals` before `end`; -1 where it is too long. */
function mantissaOf(wholeEnd: usize, whole: i32, end: usize, decimals: i32): i64 {
  // One digit before the point is the rule.
  const leading: u64 = whole === 1 ? <u64>load<u8>(wholeEnd - 1) - zero : digitsBefore(wholeEnd, whole);
  if (decimals <= mostAtOnce) {
    if (whole + decimals > mostDigits && leading > 9) return -1;
    return <i64>(leading * ten(decimals) + digitsBefore(end, decimals));
  }
  if (leading !== 0 || decimals > mostDecimals) return -1;
  const upper = digitsBefore(end - mostAtOnce, decimals - mostAtOnce);
  return upper > 9 ? -1 : <i64>(upper * ten(mostAtOnce) + digitsBefore(end, mostAtOnce));
}

/** mantissa / 10^scale; NaN where its last bit is not sure. */
function scaled(mantissa: i64, scale: i32): f64 {
  const size = <f64>mantissa;
  if (mantissa <= mostExact && scale <= exactScale && scale >= -exactScale) {
    return scale >= 0 ? size / power(scale) : size * power(-scale);
  }
  if (mantissa >= mantissaLimit || scale < 0 || scale > highestPower) return NaN;
  return ratio(size, <f64>(mantissa - <i64>size), scale);
}

/** As `ratio` in scanNumber.ts. */
function ratio(mantissa: f64, mantissaRest: f64, scale: i32): f64 {
  const divisor = power(scale);
  const quotient = mantissa / divisor;
  const product = quotient * divisor;
  const quotientHalf = upperHalf(quotient);
  const divisorHalf = upperHalf(divisor);
  const quotientRest = quotient - quotientHalf;
  const divisorHalfRest = divisor - divisorHalf;
  const productRest =
    quotientRest * divisorHalfRest -
    (product - quotientHalf * divisorHalf - quotientRest * divisorHalf - quotientHalf * divisorHalfRest);
  const left = mantissa - product - productRest + mantissaRest - quotient * load<f64>(powerRestsAt + 8 * scale);
  const correction = left / divisor;
  const unsure = abs(correction) * 3.552713678800501e-15 + quotient * 7.888609052210118e-31;
  const value = quotient + (correction + unsure);
  return value === quotient + (correction - unsure) ? value : NaN;
}

function upperHalf(value: f64): f64 {
  const larger = 134_217_729.0 * value;
  return larger - (larger - value);
}

function power(scale: i32): f64 {
  return load<f64>(powersAt + 8 * scale);
}

function ten(exponent: i32): u64 {
  return load<u64>(tensAt + 8 * exponent);
}

/** A bit for each of the 32 bytes in which a number is looked for that is no digit, the first byte's lowest. */
function othersFrom(at: usize): u32 {
  return otherBits(v128.load(at)) | (otherBits(v128.load(at, 16)) << 16);
}

/** Digits become the lowest numbers with a sign. */
function otherBits(bytes: v128): u32 {
  return i8x16.bitmask(i8x16.gt_s(i8x16.add(bytes, i8x16.splat(80)), i8x16.splat(-119)));
}

/** The number that the `count` digits before `end` make, at most sixteen; what stands before them is read too. */
function digitsBefore(end: usize, count: i32): u64 {
  const digits = v128.and(v128.load(end - mostAtOnce), v128.load(digitMasksAt + count));
  const pairs = i16x8.shr_u(i16x8.mul(digits, i16x8.splat(2561)), 8);
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(
    i16x8.narrow_i32x4_s(fours, fours),
    i16x8(10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1),
  );
  return <u64>i32x4.extract_lane(eights, 0) * 100_000_000 + <u64>i32x4.extract_lane(eights, 1);
}
