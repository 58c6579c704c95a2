import type { TextFormat } from './format.ts';
import { JsonLines } from './json/jsonLines.ts';
import { JsonRecordReader } from './json/jsonRecordReader.ts';
import { sniffRecords } from './json/sniffRecords.ts';

/** LLaMA-Factory's trainer_log.jsonl: `current_steps` of `total_steps` in each line. */
export const llamafactoryJsonl: TextFormat = {
  id: 'llamafactory-jsonl',
  title: 'LLaMA-Factory trainer_log.jsonl',
  kind: 'text',
  mostConfidence: 0.98,
  sniff(sample) {
    if (!sample.head.includes('"current_steps"')) return null;
    const { names } = sniffRecords(sample);
    return names.has('current_steps') && names.has('total_steps')
      ? { confidence: 0.98, because: 'each line says `current_steps` of `total_steps`' }
      : null;
  },
  open(sink) {
    const reader = new JsonRecordReader({ isLine: true });
    return new JsonLines(reader, sink, ({ record }, line) => {
      const planned = record.numberOf('total_steps');
      if (record.numberOf('current_steps') === undefined) return;
      if (planned !== undefined && planned > 0) sink.budget({ x: planned, unit: 'step', from: 'total_steps' });
      sink.beginRow(line);
      record.emit(sink);
      sink.endRow();
    });
  },
};
