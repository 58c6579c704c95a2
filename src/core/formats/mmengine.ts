import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const place = /Epoch(?:\((train|val)\))?\s*\[(\d+)\]\s*\[\s*(\d+)\/(\d+)\]\s*(.*)$/;
const iterations = /Iter(?:\((train|val)\))?\s*\[\s*(\d+)\/(\d+)\]\s*(.*)$/;

/** MMEngine and the older MMDetection: `Epoch(train) [1][50/151]  lr: …  loss: …`, cells apart by commas or two blanks. */
export const mmengine = lineFormat({
  id: 'mmengine',
  title: 'OpenMMLab console',
  confidence: 0.95,
  because: 'its lines read `Epoch [N][i/n] name: value …` as OpenMMLab prints them',
  opening: {
    pattern: / - (?:mmengine|mmdet|mmseg|mmcv|mmpose|mmcls|mmaction) - INFO - /,
    because: 'it begins with the messages of OpenMMLab, and its records come later',
  },
  facts: axisFacts('the epoch and the place in it, as iterations', 'iter', 'epoch'),
  marks: ['Epoch', 'Iter'],
  read(line, isWhole) {
    const epochal = place.exec(line);
    const found = epochal ?? iterations.exec(line);
    if (found === null) return null;
    const rest = found.at(-1) ?? '';
    const cells = cellsOf(rest, isWhole);
    if (epochal === null) {
      const [, phase, at, of] = found;
      if (phase === 'val') return null;
      return cells.length === 0 ? null : { cells: [['iter', Number(at)], ...cells], budget: Number(of) };
    }
    const [, phase, epoch = '0', at = '0', of = '1'] = epochal;
    if (phase === 'val') {
      // All but the last line of a validation hold times only.
      const metrics = cells.filter(([name]) => !/^(time|data_time|eta|memory)$/.test(name));
      return metrics.length === 0 ? null : { cells: [['epoch', Number(epoch)], ...metrics] };
    }
    if (cells.length === 0) return null;
    return { cells: [['iter', (Number(epoch) - 1) * Number(of) + Number(at)], ['epoch', Number(epoch)], ...cells] };
  },
});

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
