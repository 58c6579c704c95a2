import { blockAt, gapsAt, rowCountAt, rowsAt, rowsAtOnce } from '../layout';
import { readDecimal } from './decimal';

const lineFeed: u32 = 10;
const carriageReturn: u32 = 13;
const quoteSign: u32 = 34;
const blank: u32 = 32;
const minus: u32 = 45;
const zero: u32 = 48;
const columnBytes: i32 = rowsAtOnce << 3;

/** Longer cells in quotes are rare, and not for this. */
const mostQuoted: usize = 65_536;

/** The place behind the row that `takeRow` took, and how many of its wanted cells it looked at. */
let behind: usize = 0;
let looked: i32 = 0;
/** How many cells `endOfRow` passed. */
let others: i32 = 0;

/**
 * Takes rows of a table as long as each is a line with a number in one of its wanted cells, a number or nothing in the others,
 * and quotes only around whole cells that are not wanted; puts their numbers column after column, in the order of the wanted cells.
 * @param wanted how many cells are; at least one
 * @param fewest cells that a row may have
 * @param most cells that a row may have
 * @returns the offset of the first row that is not taken
 */
export function takeRows(offset: i32, end: i32, delimiter: i32, wanted: i32, fewest: i32, most: i32): i32 {
  const last: usize = blockAt + end;
  let at: usize = blockAt + offset;
  let row: i32 = 0;
  for (; row < rowsAtOnce && at < last; row += 1) {
    if (!takeRow(at, last, delimiter, wanted, fewest, most, row)) {
      takeBack(row);
      break;
    }
    at = behind;
  }
  store<i32>(rowCountAt, row);
  return <i32>(at - blockAt);
}

function takeRow(start: usize, last: usize, delimiter: u32, wanted: i32, fewest: i32, most: i32, row: i32): bool {
  let at = start;
  let cells: i32 = 0;
  let numbers: i32 = 0;
  let slot: usize = rowsAt + (row << 3);
  let isOver = false;
  looked = 0;
  for (let i = 0; i < wanted; i += 1) {
    // Rows that end before a wanted cell are rare, and not for this.
    if (isOver) return false;
    const gap = load<i32>(gapsAt + (i << 2));
    cells += gap + 1;
    if (gap > 0) {
      at = behindDelimiters(at, last, delimiter, gap);
      if (at === 0) return false;
    }
    looked = i + 1;
    let code: u32 = load<u8>(at);
    if (code === minus || code === blank || code - zero < 10) {
      while (code === blank) {
        at += 1;
        code = load<u8>(at);
      }
      at = readDecimal(at, slot);
      if (at === 0) return false;
      code = load<u8>(at);
      numbers += 1;
    }
    if (code === delimiter) at += 1;
    else {
      const length = lengthOfEnd(at);
      if (length === 0) return false;
      at += length;
      isOver = true;
    }
    slot += columnBytes;
  }
  if (!isOver) {
    at = endOfRow(at, last, delimiter);
    if (at === 0) return false;
    cells += others;
  }
  behind = at;
  return numbers > 0 && at <= last && cells >= fewest && cells <= most;
}

/** Of what ends a row; 0 where nothing does. */
function lengthOfEnd(at: usize): usize {
  const code: u32 = load<u8>(at);
  if (code === lineFeed) return 1;
  return code === carriageReturn && <u32>load<u8>(at, 1) === lineFeed ? 2 : 0;
}

function takeBack(row: i32): void {
  let slot: usize = rowsAt + (row << 3);
  for (let i = 0; i < looked; i += 1) {
    store<f64>(slot, NaN);
    slot += columnBytes;
  }
}

/** Of sixteen bytes those that end a row or are not for this: line feeds, carriage returns and quotes. */
function stopBits(bytes: v128): u32 {
  const ends = v128.or(i8x16.eq(bytes, i8x16.splat(10)), i8x16.eq(bytes, i8x16.splat(13)));
  return i8x16.bitmask(v128.or(ends, i8x16.eq(bytes, i8x16.splat(34))));
}

/** The place behind the `count`th delimiter from the cell at `start` on; 0 where the row ends before it, or is not for this. */
function behindDelimiters(start: usize, last: usize, delimiter: u32, count: i32): usize {
  const delimiters = i8x16.splat(<i8>delimiter);
  let left = count;
  for (let at = start; at < last; ) {
    const bytes = v128.load(at);
    let bits: u32 = i8x16.bitmask(i8x16.eq(bytes, delimiters));
    const stops = stopBits(bytes);
    // Those before the first stop.
    if (stops !== 0) bits &= (stops & -stops) - 1;
    const here = <i32>popcnt(bits);
    if (here >= left) {
      for (; left > 1; left -= 1) bits &= bits - 1;
      return at + ctz(bits) + 1;
    }
    left -= here;
    if (stops === 0) at += 16;
    else {
      at = behindQuotes(at + ctz(stops), start, last, delimiter);
      if (at === 0) return 0;
    }
  }
  return 0;
}

/** The place behind the end of the row, which goes on with the cell at `start`; 0 where it is not for this. */
function endOfRow(start: usize, last: usize, delimiter: u32): usize {
  const delimiters = i8x16.splat(<i8>delimiter);
  others = 1;
  for (let at = start; at < last; ) {
    const bytes = v128.load(at);
    let bits: u32 = i8x16.bitmask(i8x16.eq(bytes, delimiters));
    const stops = stopBits(bytes);
    if (stops !== 0) bits &= (stops & -stops) - 1;
    others += <i32>popcnt(bits);
    if (stops === 0) at += 16;
    else {
      const stop: usize = at + ctz(stops);
      if (<u32>load<u8>(stop) !== quoteSign) {
        const length = lengthOfEnd(stop);
        return length === 0 ? 0 : stop + length;
      }
      at = behindQuotes(stop, start, last, delimiter);
      if (at === 0) return 0;
    }
  }
  return 0;
}

/**
 * The place behind a cell in quotes, which opens at `quote`; 0 where no quote stands there, or not at the start of a cell, or
 * where the cell does not close in its line or goes on behind its quotes.
 * @param start of the cell from which on cells are passed
 */
function behindQuotes(quote: usize, start: usize, last: usize, delimiter: u32): usize {
  if (<u32>load<u8>(quote) !== quoteSign) return 0;
  if (quote !== start && <u32>load<u8>(quote - 1) !== delimiter) return 0;
  for (let at = quote + 1; at < last && at < quote + mostQuoted; ) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(10))));
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (<u32>load<u8>(at) !== quoteSign) return 0;
    at += 1;
    const code: u32 = load<u8>(at);
    if (code === delimiter || code === lineFeed || code === carriageReturn) return at;
    if (code !== quoteSign) return 0;
    at += 1;
  }
  return 0;
}
