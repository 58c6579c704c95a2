import { parseNumber } from './parseNumber.ts';
import { blockFormat } from './text/blockFormat.ts';
import { axisFacts, type Cell } from './text/writeRow.ts';

const step = /^epoch: (\d+) ?\| ?step: (\d+) ?\| ?ppo[ _]ep\w*: \d+/i;
const evaluation = /(?<!\*)\*{3,20} Evaluating \w+, Epoch (\d+)\/(\d+) \*{3,}/;
const added = /^(?:average reward score|ppl|chosen_last_scores[^:]*|acc\w*|loss)(?: \([^)]*\))?: \S+/i;

/** DeepSpeed-Chat: perplexity by epoch in its first stage; losses and, a line later, the reward by step in its third. */
export const deepspeedChat = blockFormat({
  id: 'deepspeed-chat',
  title: 'DeepSpeed-Chat console',
  confidence: 0.95,
  because: 'it prints `epoch|step|ppo_ep` records or `Evaluating perplexity, Epoch N/M` as DeepSpeed-Chat does',
  facts: axisFacts('DeepSpeed-Chat counts by it', 'step', 'epoch'),
  unit: 'epoch',
  read(line, isWhole) {
    const text = line.trim();
    const found = evaluation.exec(text);
    if (found !== null) return { kind: 'open', cells: [['epoch', Number(found[1])]], budget: Number(found[2]) };
    if (!isWhole) return null;
    if (step.test(text)) {
      const [epoch, ...others] = text.split('|').flatMap(cellOf);
      return epoch === undefined ? null : { kind: 'open', cells: [epoch, ...others] };
    }
    return added.test(text) ? { kind: 'add', cells: text.split(', ').flatMap(cellOf) } : null;
  },
});

function cellOf(part: string): Cell[] {
  const colon = part.indexOf(':');
  const value = parseNumber(part.slice(colon + 1));
  const name = part.slice(0, colon).trim();
  return colon < 1 || value === undefined ? [] : [[/^(epoch|step)$/i.test(name) ? name.toLowerCase() : name, value]];
}
