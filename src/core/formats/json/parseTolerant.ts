/** NaN, Infinity and -Infinity where a value may stand, outside of strings. */
const odd = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** A JSON document with Python's NaN and Infinity, which become null; undefined where it is not JSON. */
export function parseTolerant(text: string): unknown {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(plain);
    return value;
  } catch {
    // SyntaxError: perhaps only for these.
  }
  try {
    const value: unknown = JSON.parse(plain.replace(odd, (found) => (found.startsWith('"') ? found : 'null')));
    return value;
  } catch {
    // SyntaxError: it is cut or no JSON.
    return undefined;
  }
}
