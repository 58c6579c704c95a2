import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { stripPrefixes } from './text/stripPrefixes.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const shape = /^Step (\d+) \| ((?:[\w./-]+:\S+\s*)+)$/;

/** torchtune's DiskLogger and StdoutLogger: `Step N | name:value name:value`. */
export const torchtune = lineFormat({
  id: 'torchtune',
  title: 'torchtune log',
  confidence: 0.95,
  because: 'its lines read `Step N | name:value …` as torchtune writes them',
  facts: axisFacts('torchtune counts by it', 'Step'),
  marks: ['Step '],
  marksBeforeDigit: true,
  read(line, isWhole) {
    const found = shape.exec(stripPrefixes(line));
    if (found === null) return null;
    const parts = (found[2] ?? '').trim().split(/\s+/);
    const cells: Cell[] = [['Step', Number(found[1])]];
    parts.forEach((part, i) => {
      const colon = part.lastIndexOf(':');
      const value = parseNumber(part.slice(colon + 1));
      if (value !== undefined && (isWhole || i < parts.length - 1)) cells.push([part.slice(0, colon), value]);
    });
    return cells.length > 1 ? { cells } : null;
  },
});
