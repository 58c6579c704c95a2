const opening = 'boxed{';
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openingBytes = Array.from(opening, (sign) => sign.charCodeAt(0));

/**
 * The content of the last `\\boxed{…}` of a text; null where there is none or it never closes. Braces behind a backslash are
 * signs of the formula.
 */
export function lastBoxed(text: string): string | null {
  const from = text.lastIndexOf(opening);
  if (from < 1 || text.charCodeAt(from - 1) !== backslash) return null;
  const first = from + opening.length;
  const end = closing((i) => text.charCodeAt(i), first, text.length);
  return end < 0 ? null : text.slice(first, end);
}

/**
 * Where that content stands in bytes, the text being a JSON string there.
 * @param bytes with a brace at or before `start`, which is where the search ends
 */
export function lastBoxedIn(bytes: Uint8Array, start: number, end: number): { start: number; end: number } | null {
  for (let at = bytes.lastIndexOf(openBrace, end - 1); at > start; at = bytes.lastIndexOf(openBrace, at - 1)) {
    const from = at + 1 - openingBytes.length;
    if (from <= start || bytes[from - 1] !== backslash || !openingBytes.every((byte, i) => bytes[from + i] === byte)) {
      continue;
    }
    const close = closing((i) => bytes[i] ?? 0, at + 1, end);
    return close < 0 ? null : { start: at + 1, end: close };
  }
  return null;
}

/** Where the brace closes that opened before `first`; -1 where it does not. */
function closing(codeAt: (i: number) => number, first: number, end: number): number {
  let depth = 1;
  for (let i = first; i < end; i += 1) {
    const code = codeAt(i);
    if ((code !== openBrace && code !== closeBrace) || codeAt(i - 1) === backslash) continue;
    depth += code === openBrace ? 1 : -1;
    if (depth === 0) return i;
  }
  return -1;
}
