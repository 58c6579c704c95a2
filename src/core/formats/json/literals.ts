import { encodeUtf8 } from '../bytes/utf8.ts';
import { wordsOf } from '../bytes/words.ts';

const letterE = 101;
const firstWords = (literals: readonly string[]): ReadonlySet<number> =>
  new Set(literals.map((literal) => wordsOf(encodeUtf8(literal))?.words[0] ?? 0));
const ofFour = firstWords(['null', 'true', 'None', 'True']);
const ofFive = firstWords(['false', 'False']);

/** Whether one of the words of JSON or Python stands from `start` to `end`. No string is made: they stand in every record. */
export function isLiteral(view: DataView, start: number, end: number): boolean {
  const length = end - start;
  if (length < 4 || length > 5) return false;
  const word = view.getInt32(start, true);
  return length === 4 ? ofFour.has(word) : ofFive.has(word) && view.getUint8(start + 4) === letterE;
}
