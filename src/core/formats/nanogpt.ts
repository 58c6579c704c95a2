import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const evaluation = /^(?:\[eval\] )?(?:step|iter) (\d+): train (?:loss )?(\S+?),?(?: [A-Za-z]+,)? val (?:loss )?(\S+)/;
const training =
  /^(?:\[train\] )?iter (\d+): loss ([^\s,]+)(?:, time ([\d.]+)ms| ([\d.]+) ms\/iter)?(?:, mfu (-?[\d.]+)%)?/;

/** nanoGPT: `step N: train loss a, val loss b` and `iter N: loss c, time Tms, mfu M%`. */
export const nanogpt = lineFormat({
  id: 'nanogpt',
  title: 'nanoGPT console',
  confidence: 0.94,
  because: 'its lines read `iter N: loss …` and `step N: train loss …, val loss …` as nanoGPT prints them',
  facts: axisFacts('nanoGPT counts by it', 'iter'),
  unit: 'iteration',
  marks: ['iter ', 'step '],
  marksBeforeDigit: true,
  read(line, isWhole) {
    const evaluated = evaluation.exec(line);
    const named = (pairs: readonly (readonly [string, string | undefined])[]): Cell[] =>
      pairs.flatMap(([name, text]): Cell[] => {
        const value = text === undefined ? undefined : parseNumber(text);
        return value === undefined ? [] : [[name, value]];
      });
    if (evaluated !== null) {
      const [, iter, train, val] = evaluated;
      return {
        cells: named([
          ['iter', iter],
          ['train loss', train],
          ['val loss', isWhole ? val : undefined],
        ]),
      };
    }
    const trained = training.exec(line);
    if (trained === null) return null;
    const [, iter, loss, time, perIteration, mfu] = trained;
    return {
      cells: named([
        ['iter', iter],
        ['loss', loss],
        ['time', time ?? perIteration],
        ['mfu', mfu],
      ]),
    };
  },
});
