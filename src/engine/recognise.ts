import type { Format, Recognition, Sample } from '../core/formats/format.ts';
import { Refusal } from '../core/problem.ts';
import { redactSecrets } from '../core/redactSecrets.ts';
import type { FormatJudgement } from '../core/report/prediction.ts';
import { nearestNames } from '../core/runs/nearestNames.ts';

/** No format is surer of a text. */
const beyondDoubt = 0.99;

/** Why a log is read as what it is. */
export interface LogRecognition extends Recognition {
  /** Where another format was chosen: what it looks like, `unknown` for nothing that is known. */
  readonly looksLike?: string;
}

export interface Recognised extends LogRecognition {
  readonly format: Format;
}

export interface NotRecognised {
  readonly format: null;
  readonly confidence: 0;
  readonly because: string;
  readonly looksLike?: never;
}

/**
 * The format that is surest of a log, or the one that was chosen for it.
 * @throws Refusal where no format has the chosen id.
 */
export function recognise(
  sample: Sample,
  formats: readonly Format[],
  chosen: string | null = null,
): Recognised | NotRecognised {
  const surest = surestOf(sample, formats);
  if (chosen === null) return surest;
  const format = formatNamed(chosen, sample, formats);
  const content = surest.format === null ? 'nothing that is known' : surest.format.id;
  if (surest.format === format) {
    return { format, confidence: 1, because: `it was chosen, and so it looks: ${surest.because}` };
  }
  return {
    format,
    confidence: 1,
    because: `it was chosen; by its content it is ${content}: ${surest.because}`,
    looksLike: surest.format?.id ?? 'unknown',
  };
}

function surestOf(sample: Sample, formats: readonly Format[]): Recognised | NotRecognised {
  // What bytes look like as text says nothing where they begin with the mark of a binary log, and costs most of opening it.
  const binary = surestIn(
    sample,
    formats.filter(({ kind }) => kind === 'binary'),
  );
  const best = binary !== null && binary.confidence >= beyondDoubt ? binary : surestIn(sample, formats);
  // Reasons quote names from the log.
  if (best !== null) return { ...best, because: redactSecrets(best.because) };
  return { format: null, confidence: 0, because: whyUnknown(sample) };
}

/** Of formats that are equally sure the first one. They are asked in the order in which they may be sure. */
function surestIn(sample: Sample, formats: readonly Format[]): Recognised | null {
  let best: Recognised | null = null;
  let bestPlace = 0;
  for (const [place, format] of bySurest(formats)) {
    const least: number = best?.confidence ?? 0;
    const isSurer = (confidence: number): boolean => (place < bestPlace ? confidence >= least : confidence > least);
    if (!isSurer(format.mostConfidence)) continue;
    const recognition = format.sniff(sample);
    if (recognition === null || !isSurer(recognition.confidence)) continue;
    best = { ...recognition, format };
    bestPlace = place;
  }
  return best;
}

const bySurest = (formats: readonly Format[]): readonly (readonly [place: number, format: Format])[] =>
  [...formats.entries()].sort(([, one], [, other]) => other.mostConfidence - one.mostConfidence);

/** Formats that say what a file is, and read nothing from it. */
const answersOnly: readonly string[] = ['unknown', 'not-a-log'];

/** What each format that a log can be read as makes of this one, the surest first. */
export function judgements(sample: Sample, formats: readonly Format[]): readonly FormatJudgement[] {
  const byId = new Map<string, FormatJudgement>();
  for (const format of readableFormats(formats)) {
    const { id, title } = format;
    const recognition = format.sniff(sample);
    const known = byId.get(id);
    if (known !== undefined && (known.confidence ?? 0) >= (recognition?.confidence ?? 0)) continue;
    byId.set(id, {
      id,
      title,
      confidence: recognition?.confidence ?? null,
      because: redactSecrets(recognition?.because ?? ''),
    });
  }
  return [...byId.values()].sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0));
}

export const isAnswerOnly = ({ id }: Format): boolean => answersOnly.includes(id);

const readableFormats = (formats: readonly Format[]): readonly Format[] =>
  formats.filter((format) => !isAnswerOnly(format));

function formatNamed(id: string, sample: Sample, formats: readonly Format[]): Format {
  const readable = readableFormats(formats);
  const [first, ...others] = readable.filter((format) => format.id === id);
  if (first !== undefined) {
    // Two kinds of file may bear one id.
    return others.length === 0 ? first : (surestOf(sample, [first, ...others]).format ?? first);
  }
  const ids = readable.map((format) => format.id);
  throw new Refusal('no-such-format', `There is no format "${id}"; ${nearestNames(id, ids)}.`);
}

function whyUnknown({ size, head, bytes }: Sample): string {
  if (size === 0) return 'it is empty; open it again once the run has logged something';
  if (/^\s*$/.test(head)) return 'it holds nothing but blanks';
  const zeros = bytes.subarray(0, 4096).filter((byte) => byte === 0).length;
  const broken = (head.slice(0, 4096).match(/\ufffd/g) ?? []).length;
  if (zeros > 8 || broken > 40) return 'it is binary and none of the binary logs that are known';
  if (!/\d/.test(head)) return 'there is no number in it';
  return 'its beginning has neither a table with named columns, nor JSON records with numbers, nor lines that repeat names and numbers';
}
