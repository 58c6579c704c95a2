// npm run fuzz [-- --seconds N] [-- --seed N]: wounds logs of every format until the time is up. A finding is written to
// out/fuzz with the seed that gives it again, and the exit code is 1.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { splitsAlike, survivesWounds } from './laws.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { seeds } from './seeds.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const end = performance.now() + 1000 * Number(values.seconds);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function fuzz(): Promise<number> {
  let rounds = 0;
  let findings = 0;
  let slowest = { ms: 0, what: '' };
  for (let seed = Number(values.seed); performance.now() < end; seed += 1) {
    for (const [i, log] of seeds.entries()) {
      const state = seed * 1000 + i;
      const started = performance.now();
      try {
        const random = new Random(state);
        await splitsAlike(log, random);
        await survivesWounds(log, random);
      } catch (error) {
        findings += 1;
        const folder = join('out/fuzz', String(state));
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'log'), mutate(log.bytes, new Random(state)));
        writeFileSync(
          join(folder, 'finding.txt'),
          `${log.title} (${log.path})\n${error instanceof Error ? error.stack : error}\n`,
        );
        say(
          `${log.title} (${log.path}), state ${state}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
        );
      }
      const ms = performance.now() - started;
      if (ms > slowest.ms) slowest = { ms, what: `${log.title}, state ${state}` };
      rounds += 1;
    }
  }
  say(
    `${rounds} wounded logs of ${seeds.length} seeds, ${findings} findings; the slowest took ${Math.round(slowest.ms)} ms (${slowest.what}).`,
  );
  return findings;
}

void fuzz().then((findings) => {
  process.exitCode = findings > 0 ? 1 : 0;
});
