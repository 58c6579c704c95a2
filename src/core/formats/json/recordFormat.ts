import type { Recognition, TextFormat } from '../format.ts';
import { jsonl } from '../jsonl.ts';
import { type RecordEvidence, sniffRecords } from './sniffRecords.ts';

export interface KindOfRecords {
  readonly id: string;
  readonly title: string;
  /** A recognised one is never surer than that. */
  readonly mostConfidence: number;
  /** A name that the first block of each holds: no other is looked at as records for it. */
  readonly mark: string;
  /** Why records with these names are of this kind; null where they are not. */
  recognise(found: RecordEvidence): Recognition | null;
  /** Names that this kind counts its progress by, the main one first. */
  readonly axes?: readonly string[];
}

/** A log of JSON lines whose kind shows in the names of its records; it is read like any other. */
export function recordFormat({ id, title, mostConfidence, mark, recognise, axes = [] }: KindOfRecords): TextFormat {
  return {
    id,
    title,
    kind: 'text',
    mostConfidence,
    sniff(sample) {
      if (!sample.head.includes(`"${mark}"`)) return null;
      const found = sniffRecords(sample);
      return found.points === 0 || found.records < 0.5 * found.lines ? null : recognise(found);
    },
    open(sink, sample, isWanted) {
      axes.forEach((name, axis) => {
        sink.describe(sink.column(name), { axis, why: 'this kind of log counts its progress by it' });
      });
      return jsonl.open(sink, sample, isWanted);
    },
  };
}
