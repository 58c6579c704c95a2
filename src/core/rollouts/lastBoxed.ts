const opening = 'boxed{';

/**
 * Where the content of the last `\boxed{…}` stands in a text, plain or as a JSON string has it; null where there is none or it
 * never closes. Braces behind a backslash are signs of the formula.
 */
export function lastBoxed(text: string, start: number, end: number): { start: number; end: number } | null {
  // Cut first: the search goes backwards and would not stop at `start`.
  const own = text.slice(start, end);
  const from = own.lastIndexOf(opening);
  if (from < 1 || own.charCodeAt(from - 1) !== 92) return null;
  const first = from + opening.length;
  let depth = 1;
  for (let i = first; i < own.length; i += 1) {
    const code = own.charCodeAt(i);
    if ((code !== 123 && code !== 125) || own.charCodeAt(i - 1) === 92) continue;
    depth += code === 123 ? 1 : -1;
    if (depth === 0) return { start: start + first, end: start + i };
  }
  return null;
}
