/** NaN, Infinity and -Infinity where a value may stand, outside of strings; one that does not end goes to the end of the text. */
const odd = /"(?:[^"\\]|\\.)*(?:"|$)|-?\bInfinity\b|\bNaN\b/g;

/** JSON has no word for it; a number beyond the largest is read as Infinity, which is as little finite as NaN. */
const notFinite = '1e999';

/** A JSON document with Python's NaN and Infinity, which become ±Infinity; undefined where it is not JSON. */
export function parseTolerant(text: string): unknown {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(plain);
    return value;
  } catch {
    // SyntaxError: perhaps only for these.
  }
  try {
    const value: unknown = JSON.parse(
      plain.replace(odd, (found) =>
        found.startsWith('"') ? found : found.startsWith('-') ? `-${notFinite}` : notFinite,
      ),
    );
    return value;
  } catch {
    // SyntaxError: it is cut or no JSON.
    return undefined;
  }
}
