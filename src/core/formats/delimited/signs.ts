const wordBytes = 4;
/** Each byte of a sum counts for its own lane of the words, and holds so many without running over. */
const wordsOfSum = 255;

/** How often a sign of ASCII stands from `start` to before `end`. @param view of the same bytes */
export function countSigns(bytes: Uint8Array, view: DataView, sign: number, start: number, end: number): number {
  const pattern = Math.imul(sign, 0x01010101);
  let count = 0;
  let at = start;
  while (at + wordBytes <= end) {
    const last = Math.min(end, at + wordBytes * wordsOfSum) - wordBytes;
    let sums = 0;
    for (; at <= last; at += wordBytes) sums = (sums + zerosIn(view.getInt32(at, true) ^ pattern)) | 0;
    count += (sums & 0xff) + ((sums >>> 8) & 0xff) + ((sums >>> 16) & 0xff) + (sums >>> 24);
  }
  for (; at < end; at += 1) if (bytes[at] === sign) count += 1;
  return count;
}

/** The place behind the sign that is the `count`th from `start` on; -1 where fewer stand before `end`. */
export function behindSigns(
  bytes: Uint8Array,
  view: DataView,
  sign: number,
  start: number,
  end: number,
  count: number,
): number {
  const pattern = Math.imul(sign, 0x01010101);
  let left = count;
  let at = start;
  for (; at + wordBytes <= end; at += wordBytes) {
    const here = Math.imul(zerosIn(view.getInt32(at, true) ^ pattern), 0x01010101) >>> 24;
    if (here >= left) break;
    left -= here;
  }
  for (; at < end; at += 1) {
    if (bytes[at] !== sign) continue;
    left -= 1;
    if (left === 0) return at + 1;
  }
  return -1;
}

/** 1 in each byte of a word that is 0. */
function zerosIn(word: number): number {
  return ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f) >>> 7;
}
