import {
  blockAt,
  feedCountAt,
  lineBytes,
  lineFeeds,
  lineFrom,
  lineMatters,
  linesAt,
  lineTo,
  markBytes,
  markFirst,
  markFirsts,
  markLength,
  markSecond,
  markSeconds,
  marksAt,
  markWord,
  mostLines,
  partedAt,
} from '../layout';
import { sameBytes } from './sameBytes';

const escapeSign: u32 = 27;
const zero: u32 = 48;

/** Line feeds that `nextHit` passed. */
let feeds: i32 = 0;

/**
 * Finds the lines that hold one of some words, or a colour that may part one, and puts them where `layout.ts` says; with them how
 * many line feeds stand before each, from `offset` on, and in all before the place that is gone on from, or the end.
 * @param marks how many words
 * @param beforeDigit 1: a line matters only where a digit follows on a word, or a colour
 * @returns how many lines; as many as there may be where there may be more, behind the last of them
 */
export function findLines(offset: i32, end: i32, marks: i32, beforeDigit: i32): i32 {
  const last: usize = blockAt + end;
  let at: usize = blockAt + offset;
  let count: i32 = 0;
  feeds = 0;
  while (count < mostLines) {
    const hit = nextHit(at, last, marks);
    if (hit === 0) break;
    const to = endOfLine(hit, last);
    const line: usize = linesAt + count * lineBytes;
    store<i32>(line, <i32>(startOfLine(hit, at) - blockAt), lineFrom);
    store<i32>(line, <i32>(to - blockAt), lineTo);
    store<i32>(line, feeds, lineFeeds);
    store<i32>(line, beforeDigit === 0 || hasDigit(hit, to, marks) ? 1 : 0, lineMatters);
    count += 1;
    at = to;
  }
  store<i32>(feedCountAt, feeds);
  return count;
}

/** The first word at or behind `from`, or colour that may part one; 0 where none is. */
function nextHit(from: usize, last: usize, marks: i32): usize {
  const behindMarks: usize = marksAt + marks * markBytes;
  for (let at = from; at < last; at += 16) {
    const bytes = v128.load(at);
    let found = i8x16.eq(bytes, i8x16.splat(27));
    for (let mark: usize = marksAt; mark < behindMarks; mark += markBytes) {
      const first = i8x16.eq(v128.load(at + load<u32>(mark, markFirst)), v128.load(mark, markFirsts));
      const second = i8x16.eq(v128.load(at + load<u32>(mark, markSecond)), v128.load(mark, markSeconds));
      found = v128.or(found, v128.and(first, second));
    }
    let here: u32 = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(10)));
    if (at + 16 > last) here &= (1 << (<u32>(last - at))) - 1;
    for (let bits: u32 = i8x16.bitmask(found); bits !== 0; bits &= bits - 1) {
      const place = ctz(bits);
      if (!isHit(at + place, last, behindMarks)) continue;
      feeds += <i32>popcnt(here & ((1 << place) - 1));
      return at + place;
    }
    feeds += <i32>popcnt(here);
  }
  return 0;
}

function isHit(at: usize, last: usize, behindMarks: usize): bool {
  if (at >= last) return false;
  const start: usize = blockAt;
  if (<u32>load<u8>(at) === escapeSign) return at > start && <u32>load<u8>(partedAt + load<u8>(at - 1)) !== 0;
  for (let mark: usize = marksAt; mark < behindMarks; mark += markBytes) if (isMark(mark, at, last)) return true;
  return false;
}

function isMark(mark: usize, at: usize, last: usize): bool {
  const length = load<i32>(mark, markLength);
  return at + length <= last && sameBytes(mark + markWord, at, length);
}

/** Whether a digit follows on a word in the line that ends at `to`, or a colour is there that may part one. */
function hasDigit(hit: usize, to: usize, marks: i32): bool {
  const behindMarks: usize = marksAt + marks * markBytes;
  for (let at = hit; at !== 0; at = nextHit(at + 1, to, marks)) {
    if (<u32>load<u8>(at) === escapeSign) return true;
    for (let mark: usize = marksAt; mark < behindMarks; mark += markBytes) {
      if (!isMark(mark, at, to)) continue;
      const code: u32 = load<u8>(at + load<i32>(mark, markLength));
      if (code - zero < 10 || code === escapeSign) return true;
    }
  }
  return false;
}

/** A bit for each of sixteen bytes that ends a line. */
function ends(at: usize): u32 {
  const bytes = v128.load(at);
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(10)), i8x16.eq(bytes, i8x16.splat(13))));
}

/** Behind the last end of a line before `hit`, or `first`. */
function startOfLine(hit: usize, first: usize): usize {
  for (let at = hit; at > first; ) {
    at -= 16;
    const bits = ends(at);
    if (bits !== 0) return max(at + 32 - clz(bits), first);
  }
  return first;
}

function endOfLine(hit: usize, last: usize): usize {
  for (let at = hit; at < last; at += 16) {
    const bits = ends(at);
    if (bits !== 0) return min(at + ctz(bits), last);
  }
  return last;
}
