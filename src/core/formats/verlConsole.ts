import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const start = /(?:^|[^\w/])step:(\d+) - (?=[\w-]+[/\w@().-]*:)/;
/** W&B's capture cuts lines at this length; a number that touches the cut is not whole. */
const cutLength = 4096;
/** What Ray says behind a line that several processes print. */
const repeated = /\[repeated \d+x across cluster\]/;

/** verl: `step:N - key:value - key:value …`, behind Ray's prefix. */
export const verlConsole = lineFormat({
  id: 'verl-console',
  title: 'verl console',
  confidence: 0.96,
  because: 'its lines read `step:N - name:value - …` as verl prints them',
  opening: {
    pattern: /verl\.trainer\.main_|'actor_rollout_ref': \{/,
    because: 'it begins with the settings of verl, and its records come later',
  },
  facts: axisFacts('verl counts by it', 'step'),
  marks: ['step:'],
  marksBeforeDigit: true,
  cutLength,
  read(line, isWhole) {
    const found = start.exec(line);
    if (found === null) return null;
    const cells: Cell[] = [['step', Number(found[1])]];
    const behind = line.slice(found.index + found[0].length);
    const end = behind.search(repeated);
    const rest = end < 0 ? behind : behind.slice(0, end).trimEnd();
    const parts = rest.split(' - ');
    const isCut = !isWhole || line.length === cutLength;
    parts.forEach((part, i) => {
      // A key may hold colons; its value does not.
      const colon = part.lastIndexOf(':');
      if (colon < 1 || (isCut && i === parts.length - 1)) return;
      const value = parseNumber(part.slice(colon + 1));
      if (value !== undefined) cells.push([part.slice(0, colon).trim(), value]);
    });
    return cells.length > 1 ? { cells } : null;
  },
});
