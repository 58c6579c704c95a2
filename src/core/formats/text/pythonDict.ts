/** More members than this are data. */
const mostMembers = 5000;

/**
 * The members of a flat Python dict whose `{` stands at `start`, values as they are written; null where it is no whole
 * dict. A nested value is passed over.
 */
export function pythonDict(text: string, start: number): Map<string, string> | null {
  const members = new Map<string, string>();
  let at = start + 1;
  for (let count = 0; count < mostMembers; count++) {
    while (text[at] === ' ') at += 1;
    const quote = text[at];
    if (quote === '}') return members;
    if (quote !== "'" && quote !== '"') return null;
    const keyEnd = text.indexOf(quote, at + 1);
    if (keyEnd < 0 || text[keyEnd + 1] !== ':') return null;
    const key = text.slice(at + 1, keyEnd);
    const valueStart = keyEnd + 2;
    const valueEnd = endOfValue(text, valueStart);
    if (valueEnd < 0) return null;
    const value = text.slice(valueStart, valueEnd).trim();
    if (!/^[[{(]/.test(value)) members.set(key, value);
    if (text[valueEnd] === '}') return members;
    at = valueEnd + 1;
  }
  return null;
}

/** The comma or brace behind a value, brackets and quotes inside of it passed over; -1 where the text ends before. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const sign = text[i];
    if (sign === "'" || sign === '"') {
      i = text.indexOf(sign, i + 1);
      if (i < 0) return -1;
    } else if (sign === '[' || sign === '(' || sign === '{') depth += 1;
    else if (sign === ']' || sign === ')' || (sign === '}' && depth > 0)) depth -= 1;
    else if (depth === 0 && (sign === ',' || sign === '}')) return i;
  }
  return -1;
}
