import { parseNumber } from './parseNumber.ts';
import { blockFormat } from './text/blockFormat.ts';
import { axisFacts } from './text/writeRow.ts';

const training = /\] Iteration (\d+)(?: \([^)]*\))?, loss = (\S+)/;
const testing = /\] Iteration (\d+), Testing net/;
const rate = /\] Iteration \d+, lr = (\S+)/;
const score = /\] Test score (#\d+): (\S+)/;
const output = /\]\s+(Test|Train) net output (#\d+): (\S+) = (\S+)/;

/** Each line of a record holds one of them. */
const marks = ['] Iteration ', '] Test score #', ' net output #'];

/** Caffe's solver: losses by iteration, and tests whose scores stand on lines of their own. */
export const caffe = blockFormat({
  id: 'caffe',
  title: 'Caffe console',
  confidence: 0.95,
  because: "its lines read `Iteration N, loss = value` behind glog's prefix",
  facts: axisFacts('Caffe counts by it', 'Iteration'),
  read(line, isWhole) {
    if (!marks.some((mark) => line.includes(mark))) return null;
    const loss = training.exec(line);
    const value = parseNumber(loss?.[2] ?? '');
    if (loss !== null) {
      const own = value === undefined || !isWhole ? [] : [['loss', value] as const];
      return { kind: 'open', cells: [['Iteration', Number(loss[1])], ...own] };
    }
    const test = testing.exec(line);
    if (test !== null) return { kind: 'open', cells: [['Iteration', Number(test[1])]] };
    if (!isWhole) return null;
    const found = score.exec(line);
    if (found !== null) return added(`Test score ${found[1]}`, found[2]);
    const named = output.exec(line);
    if (named !== null) return added(`${named[1]} ${named[3]}`, named[4]);
    const lr = rate.exec(line);
    return lr === null ? null : added('lr', lr[1]);
  },
});

function added(name: string, text = ''): { kind: 'add'; cells: [string, number][] } | null {
  const value = parseNumber(text);
  return value === undefined ? null : { kind: 'add', cells: [[name, value]] };
}
