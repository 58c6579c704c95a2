/** Where `needle` stands in `bytes` from `start` on, before `end`; -1 where it does not. */
export function findBytes(bytes: Uint8Array, needle: Uint8Array, start: number, end: number): number {
  const [first = 0] = needle;
  const last = end - needle.length;
  for (let at = bytes.indexOf(first, start); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < needle.length && bytes[at + same] === needle[same]) same += 1;
    if (same === needle.length) return at;
  }
  return -1;
}
