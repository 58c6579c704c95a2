import type { TextFormat } from './format.ts';
import { JsonLines } from './json/jsonLines.ts';
import { JsonRecordReader } from './json/jsonRecordReader.ts';
import { plannedEnd } from './json/plannedEnd.ts';
import { lineOptions, recordKind } from './json/recordKind.ts';
import { sniffRecords } from './json/sniffRecords.ts';

/** Files in which fewer lines are records are logs for people with some JSON in between. */
const leastRecordShare = 0.5;
/** Above it the text is the matter and the numbers are its labels: a data set or a dump of samples. */
const mostProse = 0.6;

/** One JSON object a line: DETR, detectron2, mmengine, tinker, PySlowFast, and whatever writes its own. */
export const jsonl: TextFormat = {
  id: 'jsonl',
  title: 'JSON lines',
  kind: 'text',
  mostConfidence: 0.85,

  sniff(sample) {
    if (!sample.head.includes('{')) return null;
    const found = sniffRecords(sample);
    if (found.points === 0 || found.records < leastRecordShare * found.lines) return null;
    // A document over several lines has small objects in some of them.
    if (/^\s*\[/.test(sample.head) || (found.points < 2 && found.lines > found.records)) return null;
    const purity = found.records / found.lines;
    if (found.counter !== null && (found.metrics.length > 0 || found.numbersPerPoint >= 2)) {
      if (found.proseShare > mostProse && found.metrics.length === 0) return null;
      return {
        confidence: (found.proseShare > mostProse ? 0.55 : 0.85) * purity,
        because: `${found.points} lines are JSON objects with numbers, and \`${found.counter}\` counts them`,
      };
    }
    if (found.metrics.length === 0 || found.proseShare > mostProse || found.points < 3) return null;
    return {
      confidence: 0.6 * purity,
      because: `${found.points} lines are JSON objects with metrics such as \`${found.metrics[0]}\`, in the order of the run`,
    };
  },

  open(sink, _, isWanted) {
    // A record of nothing but numbers is a point; `recordKind` would say so.
    const options = { ...lineOptions, rows: sink };
    const reader = new JsonRecordReader(isWanted === undefined ? options : { ...options, isWanted });
    return new JsonLines(reader, sink, (read, line) => {
      const { record } = read;
      const kind = recordKind(record);
      if (kind === 'header') {
        const planned = plannedEnd(read.source);
        if (planned !== null) sink.budget(planned);
      }
      if (kind !== 'point') return;
      sink.beginRow(line);
      record.emit(sink);
      sink.endRow();
    });
  },
};
