// Reads a console with Node's readline and the simplest regular expressions that find its metrics, in a process of its own:
// node bench/peers/console.mjs FORMAT LOG. Prints what it counted as JSON.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const number = String.raw`(-?[\d.]+(?:e[-+]?\d+)?)`;
const colon = new RegExp(String.raw`([A-Za-z][\w ().-]*): *${number}`, 'gi');

/** The lines of records, and the pairs in them. */
const kinds = {
  megatron: { record: /iteration +\d+\/ *\d+ \|/, pair: colon },
  nanogpt: { record: /^(?:iter|step) \d+:/, pair: new RegExp(String.raw`((?:train |val )?\w+) ${number}`, 'g') },
  'python-dict-console': { record: /\{'loss'/, pair: new RegExp(String.raw`'(\w+)': ${number}`, 'g') },
  'keras-console': { record: /\] - \d+s .*loss: /, pair: new RegExp(String.raw`(\w+): ${number}`, 'g') },
  'ultralytics-console': { record: /^ *\d+\/\d+ .*100%\|| all +\d/, pair: /( )([\d.]+)/g },
  fairseq: { record: /"num_updates"/, pair: new RegExp(String.raw`"(\w+)": "?${number}`, 'g') },
  'key-value-console': { record: /step: \d+ \|/, pair: colon },
};

const [kind = '', path = ''] = process.argv.slice(2);
const { record, pair } = kinds[kind];
const columns = new Map();
for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
  if (!record.test(line)) continue;
  for (const [, name, value] of line.matchAll(pair)) {
    let column = columns.get(name);
    if (column === undefined) {
      column = [];
      columns.set(name, column);
    }
    column.push(Number(value));
  }
}
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const rows = Math.max(...Array.from(columns.values(), ({ length }) => length));
process.stdout.write(
  `${JSON.stringify({ rows, sum: 0, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 })}\n`,
);
