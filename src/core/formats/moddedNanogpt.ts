import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const shape = /^step:(\d+)\/(\d+) (.*)$/;

/** modded-nanogpt: `step:N/TOTAL val_loss:v train_time:Tms step_avg:Sms`. */
export const moddedNanogpt = lineFormat({
  id: 'modded-nanogpt',
  title: 'modded-nanogpt log',
  confidence: 0.95,
  because: 'its lines read `step:N/TOTAL name:value …` as modded-nanogpt prints them',
  facts: axisFacts('the log counts by it', 'step'),
  marks: ['step:'],
  marksBeforeDigit: true,
  read(line, isWhole) {
    const found = shape.exec(line);
    if (found === null) return null;
    const parts = (found[3] ?? '').trim().split(/\s+/);
    const cells: Cell[] = [['step', Number(found[1])]];
    parts.forEach((part, i) => {
      const colon = part.indexOf(':');
      const value = colon > 0 ? parseNumber(part.slice(colon + 1)) : undefined;
      if (value !== undefined && (isWhole || i < parts.length - 1)) cells.push([part.slice(0, colon), value]);
    });
    return cells.length > 1 ? { cells, budget: Number(found[2]) } : null;
  },
});
