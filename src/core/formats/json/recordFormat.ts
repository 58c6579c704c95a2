import type { Recognition, Sample, TextFormat } from '../format.ts';
import { jsonl } from '../jsonl.ts';
import { type RecordEvidence, sniffRecords } from './sniffRecords.ts';

/**
 * A log of JSON lines whose kind shows in the names of its records; it is read like any other.
 * @param axes names that this kind counts its progress by, the main one first
 */
export function recordFormat(
  id: string,
  title: string,
  recognise: (found: RecordEvidence, sample: Sample) => Recognition | null,
  axes: readonly string[] = [],
): TextFormat {
  return {
    id,
    title,
    kind: 'text',
    sniff(sample) {
      if (!sample.head.includes('{')) return null;
      const found = sniffRecords(sample);
      return found.points === 0 || found.records < 0.5 * found.lines ? null : recognise(found, sample);
    },
    open(sink, sample, isWanted) {
      axes.forEach((name, axis) => {
        sink.describe(sink.column(name), { axis, why: 'this kind of log counts its progress by it' });
      });
      return jsonl.open(sink, sample, isWanted);
    },
  };
}
