import { parseNumber } from './parseNumber.ts';
import { blockFormat } from './text/blockFormat.ts';
import { axisFacts } from './text/writeRow.ts';

const header = /\[batch=(\d+)\/(\d+)\]:\s*$/;
const cell = /^\s*(?:Train|Eval) (\S[^:]*): (\S+)\s*$/;

/** MosaicML Composer and LLM Foundry: `[batch=1/100]:`, then a line for each metric. */
export const composer = blockFormat({
  id: 'composer',
  title: 'Composer console',
  confidence: 0.95,
  because: 'its blocks start with `[batch=N/M]:` and hold a line for each metric',
  facts: axisFacts('Composer counts by it', 'batch'),
  read(line, isWhole) {
    const opening = header.exec(line);
    if (opening !== null) return { kind: 'open', cells: [['batch', Number(opening[1])]], budget: Number(opening[2]) };
    const found = isWhole ? cell.exec(line) : null;
    const value = parseNumber(found?.[2] ?? '');
    return value === undefined ? null : { kind: 'add', cells: [[found?.[1] ?? '', value]] };
  },
});
