import { parseNumber } from './parseNumber.ts';
import { lineFormat } from './text/lineFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const logged =
  /(?:\[(?:train_inner|train|valid|test)\]\[INFO\] - |\| INFO \| (?:train_inner|train|valid|test) \| )(?=\{|epoch )/;
/** Of the loggers those that tell of a whole epoch or a validation. */
const ownPart = /[[|] ?(train|valid|test)[\]| ]/;
const simple = /\| epoch (\d+)(?= |:)/;
const bare = /^\{"epoch": \d+, (?="(?:update|(?:valid_)?(?:loss|nll_loss))")/;
/** What tells its records from other JSON lines with an epoch and a loss. */
const ownCounter = /"(?:(?:train|valid)_)?(?:wps|ups|num_updates)"|"valid_nll_loss"/;
const jsonPair = /"([^"\n]{1,100})": "?([^",}\n]+)"?/g;
const named =
  /(?:^|[ ,|])([A-Za-z][\w/.]*(?: (?:loss|ppl|nll_loss))?)[= ] *([-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf))%?(?=$|[ ,|%])/gi;

/** fairseq: JSON or `| name value |` cells, behind hydra's or its own prefix, inside epochs and at their ends. */
export const fairseq = lineFormat({
  id: 'fairseq',
  title: 'fairseq console',
  confidence: 0.94,
  because: 'its lines hold epochs and updates as fairseq prints them',
  facts: axisFacts('fairseq counts by it', 'num_updates', 'update', 'epoch'),
  marks: ['epoch'],
  read(line, isWhole) {
    if (!isWhole && !/[}|]\s*$/.test(line)) return null;
    const behind = logged.exec(line);
    const text = behind === null ? line : line.slice(behind.index + behind[0].length);
    if (text.startsWith('{')) {
      if ((behind === null && !(bare.test(text) && ownCounter.test(text))) || !text.trimEnd().endsWith('}'))
        return null;
      return record([...text.matchAll(jsonPair)].flatMap(([, name = '', value = '']) => cellOf(name, value)));
    }
    const cut = behind === null ? line : `| ${text}`;
    const epoch = simple.exec(cut);
    // A bar of the validation is no result of it.
    if (epoch === null || /subset(?:' subset)?:? +\d+ \/ \d+/.test(line)) return null;
    const rest = cut.slice(epoch.index + epoch[0].length);
    const part = /\| valid on '/.test(cut) ? 'valid' : behind === null ? '' : (ownPart.exec(behind[0])?.[1] ?? '');
    const cells = [...rest.replace(/^:? +\d+ \/ \d+ /, ' ').matchAll(named)].flatMap(([, name = '', value = '']) =>
      cellOf(inPart(name, part), value),
    );
    const number = Number(epoch[1]);
    if (cells.some(([name]) => name === 'num_updates')) return record([['epoch', number], ...cells]);
    // The fraction of the epoch, by the name that newer versions give it.
    const inside = /^:? +(\d+) \/ (\d+) /.exec(rest);
    const update = inside === null ? number : number - 1 + Number(inside[1]) / Number(inside[2]);
    return record([['epoch', number], ['update', update], ...cells]);
  },
});

/** As its JSON names them, so that what an epoch came to is told from what stood inside of it. */
function inPart(name: string, part: string): string {
  return part === '' || name === 'num_updates' || name.startsWith(part) ? name : `${part}_${name}`;
}

/** A counter that stands with its prefix is the run's counter all the same. */
function cellOf(name: string, text: string): Cell[] {
  const value = parseNumber(text);
  if (value === undefined) return [];
  return [[/^(?:train|valid)_num_updates$/.test(name) ? 'num_updates' : name, value]];
}

function record(cells: readonly Cell[]): { cells: readonly Cell[] } | null {
  return cells.some(([name]) => /loss|ppl/.test(name)) ? { cells } : null;
}
