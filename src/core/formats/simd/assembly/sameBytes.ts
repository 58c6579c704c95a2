/** Whether the `length` bytes at `one` are those at `other`; up to fifteen more are read behind both. */
export function sameBytes(one: usize, other: usize, length: i32): bool {
  let left = length;
  let at = one;
  let from = other;
  for (; left > 16; left -= 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(from), v128.load(at)))) return false;
    from += 16;
    at += 16;
  }
  const wanted = (1 << left) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(from), v128.load(at))) & wanted) === wanted;
}
