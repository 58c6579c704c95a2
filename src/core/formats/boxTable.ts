import { parseNumber } from './parseNumber.ts';
import { blockFormat } from './text/blockFormat.ts';
import type { Cell } from './text/writeRow.ts';

/** Of dashes, or the uppermost of a table of rich or tabulate. */
const border = /^\s*(?:-{8,}|[┏┌╭╒][━─═┳┬╤]{8,}[┓┐╮╕])\s*$/;
const header = /\bTrain step (\d+)\/(\d+)\b/;
const upright = /[|│┃║]/;

/** Tables drawn with lines, a table a record: OpenAI Baselines, Stable-Baselines3, Spinning Up, AReaL, what rich prints. */
export const boxTable = blockFormat({
  id: 'box-table',
  title: 'Tables drawn with lines',
  confidence: 0.9,
  because: 'it repeats a table drawn with lines whose rows hold a name and a number',
  read(line, isWhole) {
    if (border.test(line)) return { kind: 'open', cells: [] };
    const step = header.exec(line);
    if (step !== null) return { kind: 'open', cells: [['Train step', Number(step[1])]], budget: Number(step[2]) };
    const cells = isWhole ? rowOf(line) : [];
    return cells.length === 0 ? null : { kind: 'add', cells };
  },
});

/** Names and values in turn; nothing where the row holds anything else. */
function rowOf(line: string): Cell[] {
  const start = line.search(upright);
  const parts = start < 0 ? [] : line.slice(start).trimEnd().split(upright);
  if (parts.length < 4 || parts.length % 2 !== 0 || parts.at(-1) !== '') return [];
  const cells: Cell[] = [];
  for (let i = 1; i + 1 < parts.length; i += 2) {
    const name = parts[i]?.trim() ?? '';
    const text = parts[i + 1]?.trim() ?? '';
    if (name === '' && text === '') continue;
    const value = parseNumber(text);
    if (!/[A-Za-z]/.test(name)) return [];
    if (value !== undefined) cells.push([name, value]);
  }
  return cells;
}
