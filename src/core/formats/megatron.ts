import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

/** A rank may stand before it: `[default0]: iteration`, `1: iteration`. */
const iteration = /(?:^|\||^\[\w+\]:|^\d+:)\s*iteration\s+(\d+)\s*\/\s*(\d+)\s*(?:\||$)/;
const validation = /valid(?:ation)?(?: results| loss) at iteration (\d+)/;

/** Megatron-LM, Megatron-DeepSpeed and GPT-NeoX: cells `name: value` between bars, `iteration N/ TOTAL` among them. */
export const megatron = lineFormat({
  id: 'megatron',
  title: 'Megatron or GPT-NeoX console',
  confidence: 0.95,
  because: 'its lines read `iteration N/ TOTAL | name: value | …` as Megatron prints them',
  facts: axisFacts('Megatron counts by it', 'iteration'),
  unit: 'iteration',
  marks: ['iteration'],
  read(line, isWhole) {
    const trained = iteration.exec(line);
    const validated = trained === null ? validation.exec(line) : null;
    const at = trained?.[1] ?? validated?.[1];
    if (at === undefined) return null;
    const cells: Cell[] = [['iteration', Number(at)]];
    const parts = line.split('|');
    parts.forEach((part, i) => {
      const colon = part.lastIndexOf(': ');
      const value = colon < 0 ? undefined : parseNumber(part.slice(colon + 2));
      if (value === undefined || (!isWhole && i === parts.length - 1)) return;
      const name = part.slice(0, colon).trim();
      cells.push([validated === null ? name : `validation ${name}`, value]);
    });
    if (cells.length < 2) return null;
    return trained === null ? { cells } : { cells, budget: Number(trained[2]) };
  },
});
