import { hashAnswer, hashText, TextHash } from '../../rollouts/hashText.ts';
import { lastBoxed } from '../../rollouts/lastBoxed.ts';
import type { Sample } from '../../rollouts/sample.ts';
import type { RecordEnd } from '../json/jsonRecordReader.ts';
import { endOfBareword, endOfNested, endOfString, pastSpace } from '../json/skipValue.ts';
import type { TextObjectReader } from '../json/textObjects.ts';
import { readNumber } from '../readNumber.ts';
import { readMessages } from './readMessages.ts';
import { type SampleField, sampleField } from './sampleFields.ts';
import { tokenProbabilities } from './tokenProbabilities.ts';

/** A key of the samples; they all have the same in the same order, so that the next one is nearly always guessed right. */
interface Key {
  /** With its quotes. */
  readonly raw: string;
  readonly field: SampleField;
  /** Of a score; -1 else. */
  readonly metric: number;
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

/** More scores than a trainer has reward functions are something else. */
const mostMetrics = 12;
const longestSource = 100;
const unread: Span = { start: -1, end: -1 };

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads one dumped sample at a time: numbers, and sums of its texts where they stand in the line. No text is copied or kept.
 */
export class SampleReader implements TextObjectReader {
  at = 0;
  /** Of the scores, by their names in the dump. */
  readonly metrics: string[] = [];
  /** Step that the sample names; null where it does not. */
  step: number | null = null;
  /** The sample has a score that is no number. */
  hasBadScore = false;
  readonly #keys = new Map<string, Key>();
  readonly #sources = new Map<string, string>();
  #first: Key | null = null;
  #text = '';
  #scores: number[] = [];
  /** Where the fields of the sample stand, by their place in `located`; -1 where it has them not. */
  readonly #starts = new Int32Array(located.length);
  readonly #ends = new Int32Array(located.length);

  read(text: string, start: number, end: number): RecordEnd {
    this.#text = text;
    this.#scores = [];
    this.step = null;
    this.hasBadScore = false;
    this.#starts.fill(-1);
    let at = pastSpace(text, start + 1, end);
    let before: Key | null = null;
    while (at < end && text.charCodeAt(at) !== 125) {
      if (text.charCodeAt(at) !== 34) return this.#stop(at, 'broken');
      const key = this.#key(at, end, before);
      if (key === null) return this.#stop(end, 'torn');
      before = key;
      at = pastSpace(text, at + key.raw.length, end);
      if (at >= end) return this.#stop(end, 'torn');
      if (text.charCodeAt(at) !== 58) return this.#stop(at, 'broken');
      const from = pastSpace(text, at + 1, end);
      const behind = endOfValue(text, from, end);
      if (behind < 0 || behind >= end) return this.#stop(end, 'torn');
      if (behind === from) return this.#stop(at, 'broken');
      this.#take(key, from, behind);
      at = pastSpace(text, behind, end);
      if (text.charCodeAt(at) === 44 && at < end) at = pastSpace(text, at + 1, end);
      else if (at < end && text.charCodeAt(at) !== 125) return this.#stop(at, 'broken');
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
    const text = this.#text;
    const prompt = this.#span('prompt');
    const output = this.#span('output');
    const messages = this.#span('messages');
    const truth = this.#span('truth');
    const source = this.#span('source');
    const told = messages.start >= 0 && prompt.start < 0 ? readMessages(text, messages.start, messages.end) : null;
    const hash = (span: Span): number => (span.start < 0 ? Number.NaN : hashText(text, span.start, span.end));
    const own =
      prompt.start < 0
        ? Number.NaN
        : new TextHash().add(text, prompt.start, prompt.end).add(text, truth.start, Math.max(truth.start, truth.end))
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
    if (expected !== null && this.#text.startsWith(expected.raw, at) && at + expected.raw.length <= end)
      return expected;
    const behind = endOfString(this.#text, at, end);
    if (behind < 0) return null;
    const raw = this.#text.slice(at, behind);
    const key = this.#keys.get(raw) ?? this.#newKey(raw);
    if (before === null) this.#first = key;
    else before.next = key;
    return key;
  }

  #newKey(raw: string): Key {
    const name = raw.slice(1, -1);
    const field = sampleField(name);
    const isMetric = field === 'score' && this.metrics.length < mostMetrics;
    const key = { raw, field, metric: isMetric ? this.metrics.push(name) - 1 : -1, next: null };
    this.#keys.set(raw, key);
    return key;
  }

  #take({ field, metric }: Key, start: number, end: number): void {
    if (field === 'other') return;
    // Batches of one are lists of one.
    const inner = unwrapped(this.#text, start, end);
    if (field === 'step') {
      const step = numberAt(this.#text, inner.start, inner.end);
      if (step !== null && Number.isFinite(step)) this.step = step;
      return;
    }
    if (field === 'score') {
      if (metric >= 0) this.#putScore(metric, inner);
      return;
    }
    // A list of messages, probabilities or masks is read as it stands.
    const isNull = this.#text.startsWith('null', inner.start);
    if (isNull) return;
    const place = located.indexOf(field);
    this.#starts[place] = field === 'messages' ? start : inner.start;
    this.#ends[place] = field === 'messages' ? end : inner.end;
  }

  #putScore(metric: number, { start, end }: Span): void {
    const value = numberAt(this.#text, start, end);
    // A metric that came later is missing before.
    for (let i = this.#scores.length; i < metric; i += 1) this.#scores[i] = Number.NaN;
    this.#scores[metric] = value ?? Number.NaN;
    const isMissing = this.#text.startsWith('null', start);
    if (!isMissing && (value === null || !Number.isFinite(value))) {
      this.#scores[metric] = Number.NaN;
      this.hasBadScore = true;
    }
  }

  #answer(answer: Span, output: Span): number {
    if (answer.start >= 0)
      return answer.start === answer.end ? Number.NaN : hashAnswer(this.#text, answer.start, answer.end);
    if (output.start < 0) return Number.NaN;
    const boxed = lastBoxed(this.#text, output.start, output.end);
    return boxed === null ? Number.NaN : hashAnswer(this.#text, boxed.start, boxed.end);
  }

  #source({ start, end }: Span): string | null {
    if (end - start > longestSource || end === start) return null;
    const name = this.#text.slice(start, end);
    const known = this.#sources.get(name);
    if (known !== undefined) return known;
    // A slice would hold on to the block that it was cut from.
    const copy = [...name].join('');
    this.#sources.set(copy, copy);
    return copy;
  }

  #uncertainty(): Pick<Sample, 'uncertainty' | 'uncertaintyPerToken'> {
    const text = this.#text;
    const logProbability = this.#span('logProbability');
    const meanLogProbability = this.#span('meanLogProbability');
    const length = this.#span('length');
    const tokens = length.start < 0 ? Number.NaN : (numberAt(text, length.start, length.end) ?? Number.NaN);
    if (logProbability.start >= 0) {
      if (text.charCodeAt(logProbability.start) === 91)
        return tokenProbabilities(text, logProbability, this.#span('tokenMask'));
      const whole = -(numberAt(text, logProbability.start, logProbability.end) ?? Number.NaN);
      return { uncertainty: whole, uncertaintyPerToken: whole / tokens };
    }
    if (meanLogProbability.start < 0) return { uncertainty: Number.NaN, uncertaintyPerToken: Number.NaN };
    const perToken = -(numberAt(text, meanLogProbability.start, meanLogProbability.end) ?? Number.NaN);
    return { uncertainty: perToken * tokens, uncertaintyPerToken: perToken };
  }
}

function endOfValue(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at);
  if (code === 34) return endOfString(text, at, end);
  if (code === 123 || code === 91) return endOfNested(text, at, end);
  return endOfBareword(text, at, end);
}

/** What stands between the quotes of a string, or is the only value of a list; all else as it is. */
function unwrapped(text: string, start: number, end: number): Span {
  const code = text.charCodeAt(start);
  if (code === 34) return { start: start + 1, end: end - 1 };
  if (code !== 91) return { start, end };
  const from = pastSpace(text, start + 1, end);
  const behind = endOfValue(text, from, end - 1);
  if (behind <= from) return { start, end };
  return pastSpace(text, behind, end) === end - 1 ? unwrapped(text, from, behind) : { start, end };
}

/** A number, in quotes or not, or a truth value; null for all else. */
function numberAt(text: string, start: number, end: number): number | null {
  const number = readNumber(text, start, end);
  if (number !== undefined) return number;
  const word = end - start > 5 ? '' : text.slice(start, end).toLowerCase();
  return word === 'true' ? 1 : word === 'false' ? 0 : null;
}
