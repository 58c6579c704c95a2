import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwatched } from '../src/core/control.ts';
import { createRandom } from '../src/core/dynamics/random.ts';
import { createNodeEngine } from '../src/engine/nodeEngine.ts';
import { huge } from './hugeRollouts.ts';
import { median } from './support/middles.ts';
import { sampleFile } from './support/sampleFiles.ts';

/**
 * Reading a folder of samples as verl writes it (200 steps of 64 prompts with 8 responses each) into its series, beside
 * `JSON.parse` of each line, which is the least that a plain script does before it computes anything, in the same run and in
 * turns. Then a folder with a small file for each of 10,000 steps: what opening it costs, a look that finds nothing new, and a
 * look that finds one more step. `node --import tsx bench/rollouts.ts [steps] [rounds]`. As much as the longest runs leave:
 * `node --import tsx bench/rollouts.ts huge [files] [MB of each]`, which says more in hugeRollouts.ts.
 */
const isHuge = process.argv[2] === 'huge';
const [steps = 200, rounds = 5] = process.argv.slice(2).map(Number);
const random = createRandom(7);

const step = (at: number): string =>
  sampleFile({ random, right: 0.2 + 0.5 * (1 - Math.exp(-at / 60)), words: 300, extra: () => `"step": ${at}` });

interface Took {
  readonly wallMs: number;
  /** Of all threads: what counts on a machine that does other things too. */
  readonly cpuMs: number;
}

async function timed(work: () => Promise<void>): Promise<Took> {
  const start = performance.now();
  const used = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
}

const manySteps = 10_000;
const smallStep = (at: number): string =>
  Array.from(
    { length: 16 },
    (_, i) =>
      `{"input": "prompt ${i >> 2}", "output": "\\\\boxed{${i & 3}}", "score": ${random.uniform() < at / manySteps ? '1.0' : '0.0'}, "step": ${at}}\n`,
  ).join('');

/** What a folder that is followed costs at each look, whatever was in it before. */
async function followMany(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-bench-'));
  try {
    const write = (at: number): void => writeFileSync(join(folder, `${at}.jsonl`), smallStep(at));
    for (let at = 1; at <= manySteps; at += 1) write(at);
    const engine = createNodeEngine();
    let count = manySteps;
    const look = (): Promise<Took> =>
      timed(async () => {
        const { report } = await engine.open(folder, {}, unwatched);
        if (report.runs[0]?.x.count !== count) throw new Error('Not every step was read.');
      });
    const first = await look();
    const idle: Took[] = [];
    const grown: Took[] = [];
    for (let round = 0; round < 10; round += 1) {
      idle.push(await look());
      count += 1;
      write(count);
      grown.push(await look());
    }
    await engine.close(folder);
    const cpu = (all: readonly Took[]): string => median(all.map(({ cpuMs }) => cpuMs)).toFixed(0);
    process.stdout.write(
      `${manySteps} small files, ms of processors: opened ${cpu([first])}, a look at nothing new ${cpu(idle)}, at one more step ${cpu(grown)}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-bench-'));
  try {
    const files = Array.from({ length: steps }, (_, i) => join(folder, `${i + 1}.jsonl`));
    let bytes = 0;
    for (const [i, file] of files.entries()) {
      const text = step(i + 1);
      bytes += Buffer.byteLength(text);
      writeFileSync(file, text);
    }
    const plain: Took[] = [];
    const ours: Took[] = [];
    let scores = 0;
    for (let round = 0; round < rounds; round += 1) {
      plain.push(
        await timed(async () => {
          for (const file of files) {
            for (const line of readFileSync(file, 'utf8').split('\n'))
              if (line !== '') scores += JSON.parse(line).score;
          }
        }),
      );
      ours.push(
        await timed(async () => {
          const engine = createNodeEngine();
          const { report } = await engine.open(folder, {}, unwatched);
          await engine.close(folder);
          if (report.runs[0]?.x.count !== steps) throw new Error('Not every step was read.');
        }),
      );
    }
    const megabytes = bytes / 1e6;
    const best = (all: readonly Took[], of: keyof Took): number => Math.min(...all.map((took) => took[of]));
    const line = (name: string, all: readonly Took[]): string =>
      `${name.padEnd(31)} ${(megabytes / (best(all, 'wallMs') / 1000)).toFixed(0).padStart(5)} MB/s   ${best(all, 'wallMs').toFixed(0)} ms, ${best(all, 'cpuMs').toFixed(0)} ms of processors\n`;
    process.stdout.write(
      `${steps} steps of 512 samples, ${megabytes.toFixed(0)} MB, best of ${rounds} (${scores} right)\n`,
    );
    process.stdout.write(line('JSON.parse of each line', plain));
    process.stdout.write(line('read into series by the engine', ours));
    const ratio = (of: keyof Took): string => (best(plain, of) / best(ours, of)).toFixed(2);
    process.stdout.write(`ratio ${ratio('wallMs')} x as fast, by time of processors ${ratio('cpuMs')} x\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [files = 10_000, megabytes = 5] = process.argv.slice(3).map(Number);
void (isHuge ? huge(files, megabytes) : main().then(followMany));
