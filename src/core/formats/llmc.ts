import type { RowSink, TextFormat } from './format.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { axisFacts, type Cell, type Facts, writeRow } from './text/writeRow.ts';

const short = /^s:(\d+) ((?:\w+:\S+ ?)+)$/;
const long = /^step +(\d+)\/(\d+) \| (.*)$/;
const validation = /^val loss (\S+)$/;
const facts: Facts = new Map([
  ...axisFacts('llm.c counts by it', 'step'),
  ['tel', { direction: 'lower', range: { lower: 0 }, why: 'tel is the test loss of llm.c' }],
  ['trl', { direction: 'lower', range: { lower: 0 }, why: 'trl is the training loss of llm.c' }],
  ['eval', { direction: 'higher', range: { lower: 0, upper: 1 }, why: 'eval is the HellaSwag accuracy of llm.c' }],
]);

/** llm.c: main.log (`s:N tel:v`), and its console (`step N/M | loss v (+z)| norm …`, `val loss v` on a line of its own). */
export const llmc: TextFormat = {
  id: 'llmc',
  title: 'llm.c log',
  kind: 'text',
  mostConfidence: 0.95,
  sniff({ head, tail }) {
    const lines = [head, tail].flatMap((block) => block.split('\n', 20_000));
    const isShort = lines.filter((line) => /^s:\d+ (?:tel|trl|eval):/.test(line)).length;
    const isLong = lines.filter((line) => /^step +\d+\/\d+ \| loss +\S+ \(/.test(line)).length;
    if (isShort + isLong < 2) return null;
    return {
      confidence: 0.95,
      because:
        isShort > 0
          ? 'its lines read `s:N tel:v` and `s:N trl:v`, as llm.c writes main.log'
          : 'its lines read `step N/M | loss v (±z) | norm …`, as llm.c prints them',
    };
  },
  open: (sink) => consoleParser(sink, readerFrom(0)),
};

/** @param step of the last record: a validation loss stands under its step. */
function readerFrom(step: number): ConsoleReader {
  let last = step;
  return {
    read(text, line, sink, isWhole) {
      const found = short.exec(text);
      if (found !== null) {
        const cells = (found[2] ?? '')
          .trim()
          .split(' ')
          .map((part) => part.split(':'));
        put(sink, line, Number(found[1]), cells.slice(0, isWhole ? undefined : -1));
        return;
      }
      const stepped = long.exec(text);
      if (stepped !== null) {
        last = Number(stepped[1]);
        sink.budget({ x: Number(stepped[2]), unit: 'step', from: 'its lines' });
        const cells = (stepped[3] ?? '').split('|').map((cell) => pairOf(cell.trim()));
        put(sink, line, last, cells);
        return;
      }
      const validated = validation.exec(text);
      if (validated !== null && isWhole) put(sink, line, last, [['val loss', validated[1] ?? '']]);
    },
    end() {},
    copy: () => readerFrom(last),
  };
}

/** `loss 11.0 (+nanz)`, `norm 14.9 (…)`, `lr 8e-07`, `3914.05 ms`, `34.5% bf16 MFU`, `133950 tok/s`. */
function pairOf(cell: string): string[] {
  const named = /^([a-z][\w ]*?) +(\S+)/i.exec(cell);
  if (named !== null) return [named[1] ?? '', named[2] ?? ''];
  const united = /^(\S+) +(.+)$/.exec(cell);
  return [united?.[2] ?? '', united?.[1] ?? ''];
}

function put(sink: RowSink, line: number, step: number, pairs: readonly (readonly string[])[]): void {
  const cells: Cell[] = [['step', step]];
  for (const [name, text] of pairs) {
    const value = parseNumber(text ?? '');
    if (name !== undefined && name !== '' && value !== undefined) cells.push([name, value]);
  }
  if (cells.length > 1) writeRow(sink, line, cells, facts);
}
