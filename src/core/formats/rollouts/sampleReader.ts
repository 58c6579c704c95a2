import { hashAnswer, TextHash } from '../../rollouts/hashText.ts';
import { lastBoxedIn } from '../../rollouts/lastBoxed.ts';
import type { Sample } from '../../rollouts/sample.ts';
import { RepeatedTexts } from '../binary/repeatedTexts.ts';
import { readNumber } from '../bytes/readNumber.ts';
import { asciiAt } from '../bytes/scanNumber.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import type { ObjectReader } from '../json/jsonLines.ts';
import type { RecordEnd } from '../json/jsonRecordReader.ts';
import { endOfBareword, endOfNested, endOfString, pastSpace } from '../json/skipValue.ts';
import { readMessages } from './readMessages.ts';
import { type SampleField, sampleField } from './sampleFields.ts';
import { StringEnds } from './stringEnds.ts';
import { tokenProbabilities } from './tokenProbabilities.ts';

/** A key of the samples; they all have the same in the same order, so that the next one is nearly always guessed right. */
interface Key {
  /** With its quotes. */
  readonly raw: Uint8Array;
  readonly field: SampleField;
  /** Of a score; -1 else. */
  readonly metric: number;
  /** In `located`; -1 where it is none of them. */
  readonly place: number;
  next: Key | null;
}

/** Fields that are read where they stand, once the sample is whole. */
const located = [
  'prompt',
  'output',
  'messages',
  'answer',
  'truth',
  'uid',
  'source',
  'logProbability',
  'meanLogProbability',
  'tokenMask',
  'length',
] as const satisfies readonly SampleField[];
type LocatedField = (typeof located)[number];
const places: ReadonlyMap<SampleField, number> = new Map(located.map((field, place) => [field, place]));

/** More scores than a trainer has reward functions are something else. */
const mostMetrics = 12;
const longestSource = 100;
/** Of answers that are kept to be known again. */
const longestKnown = 64;
const lineFeed = 10;
const nullWord = encodeUtf8('null');
const trueWord = encodeUtf8('true');
const falseWord = encodeUtf8('false');
const unread: Span = { start: -1, end: -1 };

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads one dumped sample at a time: numbers, and sums of its texts where they stand in the line. No text is copied or kept.
 */
export class SampleReader implements ObjectReader {
  at = 0;
  /** Of the scores, by their names in the dump. */
  readonly metrics: string[] = [];
  /** Step that the sample names; null where it does not. */
  step: number | null = null;
  /** The sample has a score that is no number. */
  hasBadScore = false;
  readonly #keys = new Map<string, Key>();
  /** The samples of a prompt mostly give one of a few answers. */
  readonly #answers = new RepeatedTexts(hashAnswer);
  readonly #sources = new RepeatedTexts((name) => name);
  #first: Key | null = null;
  readonly #strings = new StringEnds();
  #bytes: Uint8Array = new Uint8Array(0);
  #scores: number[] = [];
  /** Where the fields of the sample stand, by their place in `located`; -1 where it has them not. */
  readonly #starts = new Int32Array(located.length);
  readonly #ends = new Int32Array(located.length);

  /** A sample is taken whole or not at all, and nothing of it is in columns before. */
  keepColumns(): void {}
  forgetColumns(): void {}

  read(bytes: Uint8Array, start: number, blockEnd: number): RecordEnd {
    this.#strings.in(bytes);
    const lineEnd = this.#strings.find(lineFeed, start, blockEnd);
    const end = lineEnd < 0 ? blockEnd : lineEnd;
    this.#bytes = bytes;
    this.#scores = [];
    this.step = null;
    this.hasBadScore = false;
    this.#starts.fill(-1);
    this.#ends.fill(-1);
    let at = pastSpace(bytes, start + 1, end);
    let before: Key | null = null;
    while (at < end && bytes[at] !== 125) {
      if (bytes[at] !== 34) return this.#stop(at, 'broken');
      const key = this.#key(at, end, before);
      if (key === null) return this.#stop(end, 'torn');
      before = key;
      at = pastSpace(bytes, at + key.raw.length, end);
      if (at >= end) return this.#stop(end, 'torn');
      if (bytes[at] !== 58) return this.#stop(at, 'broken');
      const from = pastSpace(bytes, at + 1, end);
      const behind = bytes[from] === 34 ? this.#strings.behind(from, end) : endOfValue(bytes, from, end);
      if (behind < 0 || behind >= end) return this.#stop(end, 'torn');
      if (behind === from) return this.#stop(at, 'broken');
      this.#take(key, from, behind);
      at = pastSpace(bytes, behind, end);
      if (bytes[at] === 44 && at < end) at = pastSpace(bytes, at + 1, end);
      else if (at < end && bytes[at] !== 125) return this.#stop(at, 'broken');
    }
    return at >= end ? this.#stop(end, 'torn') : this.#stop(at + 1, 'whole');
  }

  /** The sample has the text of a response. */
  get hasOutput(): boolean {
    return this.#span('output').start >= 0 || this.#span('messages').start >= 0;
  }

  get hasScore(): boolean {
    return this.#scores.some((score) => !Number.isNaN(score));
  }

  /** The sample just read. */
  sample(): Sample {
    const bytes = this.#bytes;
    const prompt = this.#span('prompt');
    const output = this.#span('output');
    const messages = this.#span('messages');
    const truth = this.#span('truth');
    const source = this.#span('source');
    const told = messages.start >= 0 && prompt.start < 0 ? readMessages(bytes, messages.start, messages.end) : null;
    const { words } = this.#strings;
    const hash = (span: Span): number =>
      span.start < 0 ? Number.NaN : new TextHash().addBytes(bytes, span.start, span.end, words).value;
    const own =
      prompt.start < 0
        ? Number.NaN
        : new TextHash().addBytes(bytes, prompt.start, prompt.end, words).addBytes(bytes, truth.start, truth.end, words)
            .value;
    const response = output.start >= 0 ? output : (told?.output ?? unread);
    return {
      uid: hash(this.#span('uid')),
      prompt: told?.prompt ?? own,
      longPrompt: told?.longPrompt ?? Number.NaN,
      answer: this.#answer(this.#span('answer'), response),
      source: source.start < 0 ? null : this.#source(source),
      ...this.#uncertainty(),
      scores: this.#scores,
    };
  }

  #span(field: LocatedField): Span {
    const place = located.indexOf(field);
    return { start: this.#starts[place] ?? -1, end: this.#ends[place] ?? -1 };
  }

  #stop(at: number, state: RecordEnd): RecordEnd {
    this.at = at;
    return state;
  }

  #key(at: number, end: number, before: Key | null): Key | null {
    const expected = before === null ? this.#first : before.next;
    if (expected !== null && stands(expected.raw, this.#bytes, at, end)) return expected;
    const behind = this.#strings.behind(at, end);
    if (behind < 0) return null;
    const name = decodeUtf8(this.#bytes, at + 1, behind - 1);
    const key = this.#keys.get(name) ?? this.#newKey(name, this.#bytes.slice(at, behind));
    if (before === null) this.#first = key;
    else before.next = key;
    return key;
  }

  #newKey(name: string, raw: Uint8Array): Key {
    const field = sampleField(name);
    const isMetric = field === 'score' && this.metrics.length < mostMetrics;
    const key: Key = {
      raw,
      field,
      metric: isMetric ? this.metrics.push(name) - 1 : -1,
      place: places.get(field) ?? -1,
      next: null,
    };
    this.#keys.set(name, key);
    return key;
  }

  #take({ field, metric, place }: Key, start: number, end: number): void {
    if (field === 'other') return;
    // Batches of one are lists of one.
    const inner = unwrapped(this.#bytes, start, end);
    if (field === 'step') {
      const step = numberAt(this.#bytes, inner.start, inner.end);
      if (step !== null && Number.isFinite(step)) this.step = step;
      return;
    }
    if (field === 'score') {
      if (metric >= 0) this.#putScore(metric, inner);
      return;
    }
    // A list of messages, probabilities or masks is read as it stands.
    const isNull = this.#isNull(inner.start);
    if (isNull) return;
    this.#starts[place] = field === 'messages' ? start : inner.start;
    this.#ends[place] = field === 'messages' ? end : inner.end;
  }

  #putScore(metric: number, { start, end }: Span): void {
    const value = numberAt(this.#bytes, start, end);
    // A metric that came later is missing before.
    for (let i = this.#scores.length; i < metric; i += 1) this.#scores[i] = Number.NaN;
    this.#scores[metric] = value ?? Number.NaN;
    const isMissing = this.#isNull(start);
    if (!isMissing && (value === null || !Number.isFinite(value))) {
      this.#scores[metric] = Number.NaN;
      this.hasBadScore = true;
    }
  }

  #answer(answer: Span, output: Span): number {
    const bytes = this.#bytes;
    if (answer.start >= 0) return answer.start === answer.end ? Number.NaN : this.#hashOf(answer);
    const boxed = output.start < 0 ? null : lastBoxedIn(bytes, output.start, output.end);
    return boxed === null ? Number.NaN : this.#hashOf(boxed);
  }

  #hashOf({ start, end }: Span): number {
    return end - start > longestKnown
      ? hashAnswer(decodeUtf8(this.#bytes, start, end))
      : this.#answers.read(this.#bytes, start, end);
  }

  #source({ start, end }: Span): string | null {
    if (end - start > longestSource || end === start) return null;
    return this.#sources.read(this.#bytes, start, end);
  }

  #isNull(start: number): boolean {
    return stands(nullWord, this.#bytes, start, this.#bytes.length);
  }

  #uncertainty(): Pick<Sample, 'uncertainty' | 'uncertaintyPerToken'> {
    const bytes = this.#bytes;
    const logProbability = this.#span('logProbability');
    const meanLogProbability = this.#span('meanLogProbability');
    const length = this.#span('length');
    const tokens = length.start < 0 ? Number.NaN : (numberAt(bytes, length.start, length.end) ?? Number.NaN);
    if (logProbability.start >= 0) {
      if (bytes[logProbability.start] === 91) return tokenProbabilities(bytes, logProbability, this.#span('tokenMask'));
      const whole = -(numberAt(bytes, logProbability.start, logProbability.end) ?? Number.NaN);
      return { uncertainty: whole, uncertaintyPerToken: whole / tokens };
    }
    if (meanLogProbability.start < 0) return { uncertainty: Number.NaN, uncertaintyPerToken: Number.NaN };
    const perToken = -(numberAt(bytes, meanLogProbability.start, meanLogProbability.end) ?? Number.NaN);
    return { uncertainty: perToken * tokens, uncertaintyPerToken: perToken };
  }
}

function endOfValue(bytes: Uint8Array, at: number, end: number): number {
  const code = bytes[at];
  if (code === 34) return endOfString(bytes, at, end);
  if (code === 123 || code === 91) return endOfNested(bytes, at, end);
  return endOfBareword(bytes, at, end);
}

/** What stands between the quotes of a string, or is the only value of a list; all else as it is. */
function unwrapped(bytes: Uint8Array, start: number, end: number): Span {
  const code = bytes[start];
  if (code === 34) return { start: start + 1, end: end - 1 };
  if (code !== 91) return { start, end };
  const from = pastSpace(bytes, start + 1, end);
  const behind = endOfValue(bytes, from, end - 1);
  if (behind <= from) return { start, end };
  return pastSpace(bytes, behind, end) === end - 1 ? unwrapped(bytes, from, behind) : { start, end };
}

const scratch = new Float64Array(1);

/** A number, in quotes or not, or a truth value; null for all else. */
function numberAt(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start === trueWord.length && stands(trueWord, bytes, start, end)) return 1;
  if (end - start === falseWord.length && stands(falseWord, bytes, start, end)) return 0;
  if (readNumber(bytes, start, end, scratch, 0)) return scratch[0] ?? null;
  const word = end - start > 5 || end <= start ? '' : asciiAt(bytes, start, end).toLowerCase();
  return word === 'true' ? 1 : word === 'false' ? 0 : null;
}

/** Whether these bytes stand at a place. */
function stands(needle: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (at + needle.length > end) return false;
  for (let i = 0; i < needle.length; i += 1) if (bytes[at + i] !== needle[i]) return false;
  return true;
}
