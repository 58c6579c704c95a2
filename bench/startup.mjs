// How long `ceiling-lens predict` takes as a whole process, against a Node that does nothing, in turns:
// `node bench/startup.mjs [rounds]`. Needs dist/cli.js (npm run build).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 21);
const root = fileURLToPath(new URL('..', import.meta.url));
const commands = {
  'node -e 0': ['-e', '0'],
  'predict, 20 checkpoints': ['dist/cli.js', 'predict', 'samples/identified/run.csv'],
  'predict --json': ['dist/cli.js', 'predict', 'samples/identified/run.csv', '--json'],
  simulate: ['dist/cli.js', 'simulate'],
};

if (!existsSync(`${root}dist/cli.js`)) {
  process.stderr.write('dist/cli.js is not there; run npm run build first.\n');
  process.exit(2);
}

/** @type {Map<string, number[]>} */
const times = new Map(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    // The first round warms the disk.
    if (round > 0) times.get(name)?.push(performance.now() - start);
  }
}

const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const bare = median(times.get('node -e 0') ?? []);
for (const [name, values] of times) {
  const middle = median(values);
  process.stdout.write(
    `${name.padEnd(26)} median ${middle.toFixed(0).padStart(5)} ms   ${(middle / bare).toFixed(2)} x node -e 0\n`,
  );
}
