import type { RowSink, TextFormat } from './format.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { mayHold } from './text/sampleLines.ts';
import { stripAnsi } from './text/stripAnsi.ts';
import { axisFacts, type Cell, writeRow } from './text/writeRow.ts';

const epochLine = /^Epoch (\d+)\/(\d+)/;
/** A bar, or with `verbose=2` only what stands behind one: `938/938 - 3s - loss: 0.26`, ` - 3s - loss: 0.26`. */
const barLine = /(?:^|\s)(\d+)\/(\d+|Unknown)\s(?:.*?(?:\[[=>.]*\]|\u2501)|- \d+m?s\b)|^() ?- \d+m?s\b/;
/** What the names of a validation's numbers begin with. */
const validation = 'val_';
const facts = axisFacts('Keras counts by it', 'epoch');

/** Keras' progress bars: `Epoch 1/10` on a line of its own, then bars of which only the last of an epoch is a point. */
export const kerasConsole: TextFormat = {
  id: 'keras-console',
  title: 'Keras console',
  kind: 'text',
  mostConfidence: 0.95,
  sniff(sample) {
    if (!mayHold(sample, ['Epoch '])) return null;
    const text = stripAnsi(sample.head + sample.tail);
    if (!/(?:^|[\r\n])Epoch \d{1,9}\/\d/.test(text)) return null;
    const hasBars =
      /(?<!\d)\d{1,9}\/\d{1,9} .{0,200}(?:\[=*>?\.*\]|\u2501).{0,200} - \w+: /.test(text) ||
      /(?:^|[\r\n])(?:\d+\/\d+)? ?- \d+m?s\b[^\r\n]{0,40} - \w+: /.test(text);
    return hasBars
      ? { confidence: 0.95, because: '`Epoch N/M` lines stand before progress bars with metrics, as Keras prints them' }
      : null;
  },
  open: (sink) => consoleParser(sink, readerFrom(0, null)),
};

interface Waiting {
  readonly line: number;
  /** Steps of its bar. */
  readonly of: string;
  readonly cells: readonly Cell[];
}

function readerFrom(startEpoch: number, startWaiting: Waiting | null): ConsoleReader {
  let epoch = startEpoch;
  let waiting = startWaiting;
  const put = (sink: RowSink): void => {
    if (waiting !== null && epoch > 0) writeRow(sink, waiting.line, [['epoch', epoch], ...waiting.cells], facts);
    waiting = null;
  };
  return {
    read(text, line, sink, isWhole) {
      const started = epochLine.exec(text);
      if (started !== null) {
        put(sink);
        const next = Number(started[1]);
        if (next <= epoch && epoch > 0) sink.startRun(null);
        epoch = next;
        sink.budget({ x: Number(started[2]), unit: 'epoch', from: 'Epoch N/M' });
        return;
      }
      // Most bars are on their way.
      const bar = isWhole && !text.includes(' ETA: ') ? barLine.exec(text) : null;
      if (bar === null) return;
      const isFull = bar[2] === undefined || bar[2] === 'Unknown' || Number(bar[1]) === Number(bar[2]);
      if (!isFull && !text.includes(validation)) return;
      const cells = metricsOf(text);
      if (cells.length === 0 || !(isFull || hasValidation(cells))) return;
      // A bar of other steps behind the one that ended the epoch is an evaluation of its own.
      const of = bar[2] ?? '';
      if (waiting !== null && waiting.of !== of && !hasValidation(cells)) return;
      waiting = { line, of, cells };
    },
    end: put,
    copy: () => readerFrom(epoch, waiting),
  };
}

const hasValidation = (cells: readonly Cell[]): boolean => cells.some(([name]) => name.startsWith(validation));

/** The cells ` - name: value` behind the times. */
function metricsOf(text: string): Cell[] {
  return text.split(' - ').flatMap((part): Cell[] => {
    const found = /^([A-Za-z_][\w ./@-]*): (\S+)\s*$/.exec(part.trim());
    const value = found === null ? undefined : parseNumber(found[2] ?? '');
    return found === null || value === undefined || found[1] === 'ETA' ? [] : [[found[1] ?? '', value]];
  });
}
