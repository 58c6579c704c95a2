/** Behind the closing quote of the string whose opening quote stands at `at`; -1 where the bytes end before. */
export function endOfString(bytes: Uint8Array, at: number, end: number): number {
  let from = at + 1;
  for (;;) {
    const quote = bytes.indexOf(34, from);
    if (quote < 0 || quote >= end) return -1;
    let slashes = quote - 1;
    while (bytes[slashes] === 92) slashes -= 1;
    if ((quote - 1 - slashes) % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/** Behind the closing bracket of what opens at `at`, whatever is between; -1 where the bytes end before. */
export function endOfNested(bytes: Uint8Array, at: number, end: number): number {
  let depth = 0;
  let next = at;
  while (next < end) {
    const code = bytes[next] ?? 0;
    if (code === 34) {
      next = endOfString(bytes, next, end);
      if (next < 0) return -1;
      continue;
    }
    next += 1;
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) return next;
    }
  }
  return -1;
}

/** Where the next sign stands that is no space; `end` without one. */
export function pastSpace(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const code = bytes[next] ?? 0;
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return next;
    next += 1;
  }
  return end;
}

/** Behind a number or a word such as `true`. */
export function endOfBareword(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const code = bytes[next] ?? 0;
    if (code === 44 || code === 125 || code === 93 || code <= 32 || code === 34 || code === 58) return next;
    next += 1;
  }
  return end;
}
