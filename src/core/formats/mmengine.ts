import type { RowSink, TextFormat } from './format.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { sampleLines } from './text/sampleLines.ts';
import { axisFacts, type Cell, writeRow } from './text/writeRow.ts';

const place = /Epoch(?:\((train|val|test)\))?\s*\[(\d+)\]\s*\[\s*(\d+)(?:\/(\d+))?\]\s*(.*)$/;
const iterations = /Iter(?:\((train|val|test)\))?\s*\[\s*(\d+)(?:\/(\d+))?\]\s*(.*)$/;
const opening = / - (?:mmengine|mmdet|mmseg|mmcv|mmpose|mmcls|mmaction) - INFO - /;
const facts = axisFacts('the epoch and the place in it, as iterations', 'iter', 'epoch');
/** Each record holds one of them. */
const marks = ['Epoch', 'Iter'];
const confidence = 0.95;
/** So many records are as good as all. */
const enough = 5;

/** MMEngine and the older MMDetection: `Epoch(train) [1][50/151]  lr: …  loss: …`, cells apart by commas or two blanks. */
export const mmengine: TextFormat = {
  id: 'mmengine',
  title: 'OpenMMLab console',
  kind: 'text',
  mostConfidence: confidence,
  sniff(sample) {
    let count = 0;
    for (const line of sampleLines(sample)) {
      if (mayBe(line) && recordOf(line, true, null) !== null) count += 1;
      if (count >= enough) break;
    }
    if (count > 0) {
      return {
        confidence: count > 1 ? confidence : confidence - 0.3,
        because: 'its lines read `Epoch [N][i/n] name: value …` as OpenMMLab prints them',
      };
    }
    return opening.test(sample.head)
      ? { confidence: 0.7, because: 'it begins with the messages of OpenMMLab, and its records come later' }
      : null;
  },
  open: (sink) => consoleParser(sink, readerFrom(null), { words: marks }),
};

const mayBe = (line: string): boolean => marks.some((mark) => line.includes(mark));

/** @param start the iteration that was trained last: a validation by iterations does not name it. */
function readerFrom(start: number | null): ConsoleReader {
  let last = start;
  return {
    read(text, line, sink, isWhole) {
      const found = mayBe(text) ? recordOf(text, isWhole, last) : null;
      if (found === null) return;
      if (found.trained !== null) last = found.trained;
      tellBudget(found.budget, sink);
      writeRow(sink, line, found.cells, facts);
    },
    end() {},
    copy: () => readerFrom(last),
  };
}

interface FoundRecord {
  readonly cells: readonly Cell[];
  readonly trained: number | null;
  readonly budget: number | null;
}

function recordOf(line: string, isWhole: boolean, last: number | null): FoundRecord | null {
  const epochal = place.exec(line);
  const found = epochal ?? iterations.exec(line);
  if (found === null) return null;
  const cells = cellsOf(found.at(-1) ?? '', isWhole);
  const isValidated = found[1] !== undefined && found[1] !== 'train';
  // All but the last line of a validation hold times only.
  const metrics = isValidated ? cells.filter(([name]) => !/^(time|data_time|eta|memory)$/.test(name)) : cells;
  if (metrics.length === 0) return null;
  if (epochal === null) {
    const [, , at, of] = found;
    if (isValidated)
      return { cells: last === null ? metrics : [['iter', last], ...metrics], trained: null, budget: null };
    return {
      cells: [['iter', Number(at)], ...metrics],
      trained: Number(at),
      budget: of === undefined ? null : Number(of),
    };
  }
  const [, , epoch = '0', at = '0', of = '1'] = epochal;
  if (isValidated) return { cells: [['epoch', Number(epoch)], ...metrics], trained: null, budget: null };
  const iter = (Number(epoch) - 1) * Number(of) + Number(at);
  return { cells: [['iter', iter], ['epoch', Number(epoch)], ...metrics], trained: iter, budget: null };
}

function tellBudget(of: number | null, sink: RowSink): void {
  if (of !== null && of > 0) sink.budget({ x: of, unit: 'step', from: 'its lines' });
}

function cellsOf(text: string, isWhole: boolean): Cell[] {
  const parts = text.split(/\s{2,}|\t|, (?=[\w./ ]+: )/);
  return parts.flatMap((part, i): Cell[] => {
    const colon = part.indexOf(': ');
    if (colon < 1 || (!isWhole && i === parts.length - 1)) return [];
    const name = part.slice(0, colon).trim();
    const value = parseNumber(part.slice(colon + 2).trim());
    return name === 'eta' || value === undefined || (value === -1 && /AP|AR|mAP/.test(name)) ? [] : [[name, value]];
  });
}
