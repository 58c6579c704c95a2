import { readNumber } from '../bytes/readNumber.ts';
import { asciiAt } from '../bytes/scanNumber.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { Key } from './jsonKeys.ts';
import type { JsonRecord } from './jsonRecord.ts';
import { signsIn, unquote } from './jsonText.ts';

/** One sign more than the table takes for the name of a group, so that it sees prose as prose. */
const longestText = 201;
/** Of one sign in UTF-8. */
const mostBytes = 4;
/** Longer texts are sentences, not names. */
const shortestProse = 40;
/** `"epoch": "12/300"` counts as 12. */
const counted = /^"(\d+)\/\d+"$/;
const longestCounted = 30;

/** Keeps what stands in quotes from `start` to `end`: a number or a text. */
export function keepQuoted(record: JsonRecord, key: Key, bytes: Uint8Array, start: number, end: number): void {
  if (readNumber(bytes, start + 1, end - 1, record.room(), record.numberCount)) {
    record.keepNumber(key);
    return;
  }
  const count =
    key.isCounter && end - start < longestCounted ? counted.exec(asciiAt(bytes, start, end))?.[1] : undefined;
  if (count !== undefined) {
    record.room()[record.numberCount] = Number(count);
    record.keepNumber(key);
    return;
  }
  if (key.passesTexts) return;
  if (end - start > shortestProse) {
    const length = signsIn(bytes, start, end);
    if (length > shortestProse) record.proseLength += length;
  }
  const raw = decodeUtf8(bytes, start, Math.min(end, start + mostBytes * (longestText + 1)));
  const text = unquote(raw.slice(0, longestText + 1));
  if (text !== '' && text !== 'None' && text !== 'null') record.keepText(key, text);
}
