// Makes the logs of samples/ anew, the same to the byte: `node scripts/makeSamples.mjs [FOLDER]`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, say } from './support/paths.mjs';

/** Each log with the options of `ceiling-lens simulate` that print it. */
export const sampleLogs = [
  {
    log: 'identified/run.csv',
    options: '--checkpoints 20 --spacing 0.5 --steps-per-epoch 40 --noise 0.01 --seed 2 --digits 5',
  },
  {
    log: 'too-early/metrics.jsonl',
    options: '--checkpoints 8 --spacing 0.5 --rate 0.12 --steps-per-epoch 120 --noise 0.01 --seed 3 --digits 5 --jsonl',
  },
  {
    log: 'plateau-and-jump/run.csv',
    options: '--checkpoints 20 --spacing 0.5 --steps-per-epoch 60 --jumps 3 --noise 0.005 --seed 2 --digits 5',
  },
  {
    log: 'accuracy/metrics.jsonl',
    options:
      '--accuracy --checkpoints 24 --spacing 0.5 --steps-per-epoch 30 --start-solver 0.72 --start-verifier 0.52 ' +
      '--gap-limit 0.03 --rate 0.3 --noise 0.01 --seed 3 --digits 4 --no-gap --jsonl ' +
      '--solver-name val/mean@8 --verifier-name val/maj@8',
  },
];

/** @param {string} options as on a command line, without quotes */
export function simulate(options) {
  const command = ['--import', 'tsx', 'src/cli/main.ts', 'simulate', ...options.split(' ')];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`ceiling-lens simulate ${options} ended with ${status}: ${stderr}`);
  return stdout;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const folder = resolve(process.argv[2] ?? join(root, 'samples'));
  for (const { log, options } of sampleLogs) {
    const path = join(folder, log);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, simulate(options));
    say(path);
  }
}
