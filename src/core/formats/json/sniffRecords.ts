import { encodeUtf8 } from '../bytes/utf8.ts';
import { isCounterName } from '../counterName.ts';
import type { Sample } from '../format.ts';
import { isMetricName } from '../metricName.ts';
import { oncePerSample } from '../oncePerSample.ts';
import { JsonLines } from './jsonLines.ts';
import { JsonRecordReader } from './jsonRecordReader.ts';
import { lineOptions, recordKind } from './recordKind.ts';

/** What the first and last blocks of a text hold of JSON records. */
export interface RecordEvidence {
  /** Lines with something in them, and how many of those are records. */
  readonly lines: number;
  readonly records: number;
  readonly points: number;
  /** A counter of the points that takes more than one value. */
  readonly counter: string | null;
  /** Names of their numbers that are words for metrics. */
  readonly metrics: readonly string[];
  /** Numbers a point, in the mean. */
  readonly numbersPerPoint: number;
  /** Share of the text that is prose in quotes. */
  readonly proseShare: number;
  readonly names: ReadonlySet<string>;
}

const noSink = {
  column: () => 0,
  describe() {},
  startRun() {},
  budget() {},
  beginRow() {},
  number() {},
  text() {},
  endRow() {},
};

/** Reads the sample's blocks as JSON lines and says what was found. */
export const sniffRecords = oncePerSample((sample: Sample): RecordEvidence => {
  const reader = new JsonRecordReader(lineOptions);
  let plain = 0;
  let torn = 0;
  let records = 0;
  let points = 0;
  let numbers = 0;
  let prose = 0;
  let length = 0;
  const counters = new Map<string, { first: number; varies: boolean }>();
  const metrics = new Set<string>();
  const names = new Set<string>();
  const sink = {
    ...noSink,
    problem({ code }: { code: string }) {
      if (code === 'no-record') plain += 1;
      else torn += 1;
    },
  };
  for (const block of [sample.head, sample.tail]) {
    if (block === '') continue;
    const lines = new JsonLines(reader, sink, ({ record }) => {
      records += 1;
      prose += record.proseLength;
      if (recordKind(record) !== 'point') return;
      points += 1;
      numbers += record.numberCount;
      for (let i = 0; i < record.numberCount; i += 1) {
        const name = record.numberName(i);
        const value = record.numberAt(i);
        if (names.size < 2000 && !names.has(name)) {
          names.add(name);
          if (isMetricName(name)) metrics.add(name);
          if (isCounterName(name)) counters.set(name, { first: value, varies: false });
        }
        const counter = counters.get(name);
        if (counter !== undefined && counter.first !== value) counter.varies = true;
      }
    });
    lines.feed(encodeUtf8(block));
    lines.finish();
    length += block.length;
  }
  const varying = [...counters].find(([, { varies }]) => varies) ?? (points < 3 ? [...counters][0] : undefined);
  return {
    lines: records + plain + torn,
    records,
    points,
    counter: varying?.[0] ?? null,
    metrics: [...metrics],
    numbersPerPoint: points === 0 ? 0 : numbers / points,
    proseShare: length === 0 ? 0 : prose / length,
    names,
  };
});
