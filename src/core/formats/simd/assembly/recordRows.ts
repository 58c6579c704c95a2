import {
  blockAt,
  flagsAt,
  hasNaN,
  hasNumber,
  isTelling,
  keyColumn,
  numberCountAt,
  numberKeysAt,
  numbersAt,
  rowCountAt,
  rowsAtOnce,
  textCountAt,
} from '../layout';
import { walkRecord } from './recordWalk';

const lineFeed: u32 = 10;
const carriageReturn: u32 = 13;

/**
 * Walks over lines as long as each is a record of nothing but numbers whose keys have a column, and puts those into rows.
 * @returns the offset of the first line that is not taken
 */
export function walkRows(offset: i32, end: i32): i32 {
  let at = offset;
  let row: i32 = 0;
  while (row < rowsAtOnce && at < end) {
    const behind = walkRecord(at, end);
    if (behind === 0 || load<i32>(textCountAt) > 0) break;
    if ((load<i32>(flagsAt) & (hasNumber | hasNaN | isTelling)) !== hasNumber) break;
    const next = behindLine(behind);
    if (next === 0 || next > end || !putRow(row)) break;
    at = next;
    row += 1;
  }
  store<i32>(rowCountAt, row);
  return at;
}

/** 0 where something else than the end of the line stands at `offset`. */
function behindLine(offset: i32): i32 {
  const at: usize = blockAt + offset;
  const code: u32 = load<u8>(at);
  if (code === lineFeed) return offset + 1;
  return code === carriageReturn && <u32>load<u8>(at, 1) === lineFeed ? offset + 2 : 0;
}

/** @returns false where a key has no column; then nothing is put */
function putRow(row: i32): bool {
  const count = load<i32>(numberCountAt);
  for (let i = 0; i < count; i += 1) {
    const column: usize = load<u32>(<usize>load<u32>(numberKeysAt + (i << 2)), keyColumn);
    if (column === 0) {
      takeBack(row, i);
      return false;
    }
    store<f64>(column + (row << 3), load<f64>(numbersAt + (i << 3)));
  }
  return true;
}

/** The first `count` numbers of a row. */
function takeBack(row: i32, count: i32): void {
  for (let i = 0; i < count; i += 1) {
    const column: usize = load<u32>(<usize>load<u32>(numberKeysAt + (i << 2)), keyColumn);
    store<f64>(column + (row << 3), NaN);
  }
}
