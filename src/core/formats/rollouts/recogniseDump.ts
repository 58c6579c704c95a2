import { onDemand } from '../../onDemand.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { Sample as FileSample, Recognition } from '../format.ts';
import { JsonLines } from '../json/jsonLines.ts';
import { oncePerSample } from '../oncePerSample.ts';
import { stepOfName } from './dumpNames.ts';
import { mayHoldOutput } from './sampleFields.ts';
import { SampleReader } from './sampleReader.ts';

export type DumpKind = 'json-lines' | 'generations-log';

export interface RecognisedDump extends Recognition {
  readonly kind: DumpKind;
}

/** Share of a file's records that are samples. */
const mostlySamples = 0.8;
const enoughSigns = 200_000;
const openBrace = 123;
/** What each part of a sample in text begins with, in the order of the parts. */
const parts = onDemand(() =>
  ['prompt', 'output', 'score'].map((part) => new RegExp(`^(?:\\[[^\\][\\r\\n]*\\])?\\[${part}\\] `, 'm')),
);

/** Whether a file of text has samples of a model's responses with scores, and how; null where it has none. */
export const recogniseDump = oncePerSample((file): RecognisedDump | null => {
  if (file.head.startsWith('[') && hasParts(file.head)) {
    return {
      kind: 'generations-log',
      confidence: 0.95,
      because: 'its records are a [prompt], an [output] and a [score]: validation samples of EasyR1',
    };
  }
  return /^\s*\{/.test(file.head) ? recogniseLines(file) : null;
});

/** One behind the other; each is looked for once, however often the one before stands there. */
function hasParts(head: string): boolean {
  let rest = head;
  for (const part of parts()) {
    const at = rest.search(part);
    if (at < 0) return false;
    rest = rest.slice(at + 1);
  }
  return true;
}

function recogniseLines({ head, size, bytes, fileName }: FileSample): RecognisedDump | null {
  if (!mayHoldOutput(head)) return null;
  const reader = new SampleReader();
  let samples = 0;
  let records = 0;
  let hasStep = stepOfName(fileName) !== null;
  const judge = (one: SampleReader): void => {
    records += 1;
    if (!one.hasOutput || !(one.hasScore || one.hasBadScore)) return;
    samples += 1;
    if (one.step !== null) hasStep = true;
  };
  const lines = new JsonLines(reader, { problem() {} }, judge);
  const cut = Math.max(enoughSigns, head.indexOf('\n') + 1);
  const beginning = encodeUtf8(head.slice(0, cut));
  lines.feed(beginning);
  if (size <= bytes.length && head.length <= cut) lines.finish();
  if (records === 0) {
    // A sample may be longer than what is looked at; its score may stand before what makes it long.
    reader.read(beginning, beginning.indexOf(openBrace), beginning.length);
    judge(reader);
  }
  if (samples === 0 || !hasStep || samples < mostlySamples * records) return null;
  const scores = reader.metrics.slice(0, 3).map((name) => `\`${name}\``);
  return {
    kind: 'json-lines',
    confidence: 0.95,
    because: `its lines are sampled responses, each with ${scores.join(', ')}`,
  };
}
