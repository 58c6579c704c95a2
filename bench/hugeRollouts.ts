import { type ChildProcess, fork } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/core/dynamics/random.ts';
import type { Look } from './support/followSamples.ts';
import { bundle, inTemporaryFolder } from './support/readers.ts';
import { promptsPerStep, sampleFile, samplesPerPrompt } from './support/sampleFiles.ts';

/** Files that differ; each stands under many names, so that little disk stands for much that is read. */
const distinct = 20;
/** Bytes of a word with its blank, and of what a sample has beside its response. */
const bytesOfWord = 4.5;
const bytesBeside = 480;
const early = 1000;
/** Files of the folder whose first reading is cancelled. */
const cancelled = 500;
const stopAfterMs = 2000;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const mb = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e6 ? 3 : bytes < 1e8 ? 1 : 0);

/** Files of samples, by the bytes asked for. The step is told by their names alone, as they have many. */
function makeFiles(folder: string, megabytes: number): string[] {
  const random = createRandom(11);
  const samples = promptsPerStep * samplesPerPrompt;
  const words = Math.max(1, Math.round(((1e6 * megabytes) / samples - bytesBeside) / bytesOfWord / 2));
  const extra = (count: number): string =>
    `"response_length": ${count}, "sum_logprob": ${(-count * (0.1 + 0.5 * random.uniform())).toFixed(4)}`;
  return Array.from({ length: distinct }, (_, i) => {
    const path = join(folder, `${i}.txt`);
    writeFileSync(path, sampleFile({ random, right: 0.2 + (0.5 * i) / distinct, words, extra }));
    return path;
  });
}

function dumpOf(folder: string, files: readonly string[], count: number): string {
  mkdirSync(folder);
  for (let step = 1; step <= count; step += 1) addStep(folder, files, step);
  return folder;
}

const addStep = (folder: string, files: readonly string[], step: number): void =>
  linkSync(files[step % files.length] ?? '', join(folder, `${step}.jsonl`));

const indexBytes = (cache: string): number =>
  readdirSync(cache).reduce((sum, name) => sum + statSync(join(cache, name)).size, 0);

/** A process with the product's engine that looks at a folder when it is asked to. */
class Follower {
  readonly #child: ChildProcess;

  constructor(program: string, folder: string, cache: string, { earlyAt = 0, stopMs = 0 } = {}) {
    this.#child = fork(program, [folder, cache, String(earlyAt), String(stopMs)], { execArgv: ['--expose-gc'] });
  }

  /** The look that it began with. */
  first(): Promise<Look> {
    return new Promise((resolve, reject) => {
      this.#child.once('message', (look: Look) => {
        this.#child.off('exit', reject);
        resolve(look);
      });
      this.#child.once('exit', reject);
    });
  }

  again(): Promise<Look> {
    const answer = this.first();
    this.#child.send('look');
    return answer;
  }

  end(): void {
    this.#child.disconnect();
  }
}

function sayLook(title: string, { wallMs, cpuMs, bytesOfSamples, bytesOfAll, points }: Look): void {
  const all = bytesOfAll === null ? '' : ` (with the index and all else ${mb(bytesOfAll)})`;
  say(
    `${title.padEnd(36)} ${wallMs.toFixed(0).padStart(7)} ms, ${cpuMs.toFixed(0)} ms of processors, ${mb(bytesOfSamples)} MB of samples read${all}, ${points} points`,
  );
}

/**
 * Reads a folder of as many files of samples as a long run leaves, of which hard links make 50 GB out of 100 MB: they come from
 * the system's cache, so this is what reading costs, not what a disk does. Then looks again: at nothing new, at one more step,
 * and in a process that has only the index. Last a first reading that is cancelled and gone on with.
 */
export async function huge(count: number, megabytes: number): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const { bavail, bsize } = statfsSync(folder);
    const needed = 1e6 * megabytes * distinct + 1e4 * count;
    if (bavail * bsize < 2 * needed) throw new Error(`${folder} has less room than twice ${mb(needed)} MB.`);
    const files = makeFiles(folder, megabytes);
    const sizes = files.map((path) => statSync(path).size);
    const bytes = Array.from({ length: count }, (_, i) => sizes[(i + 1) % distinct] ?? 0).reduce((a, b) => a + b, 0);
    const program = await bundle('followSamples', join(folder, 'followSamples.cjs'));
    const dump = dumpOf(join(folder, 'dump'), files, count);
    const cache = join(folder, 'cache');
    say(`${count} files of samples, ${mb(bytes)} MB, of ${distinct} that differ (${mb(bytes / count)} MB each)`);

    const follower = new Follower(program, dump, cache, { earlyAt: early / count });
    const first = await follower.first();
    if (first.points !== count) throw new Error(`${first.points} points were read of ${count} files.`);
    sayLook('read for the first time', first);
    say(
      `  ${(bytes / 1e3 / first.wallMs).toFixed(0)} MB/s, by time of processors ${(bytes / 1e3 / first.cpuMs).toFixed(0)} MB/s`,
    );
    say(`  memory: ${first.peakMb.toFixed(0)} MB at the most`);
    if (first.early !== null) {
      const { early: then, end: now } = first;
      const growth = ((now.live - then.live) * 1e3) / (count - early);
      say(
        `  after ${early} files ${then.held.toFixed(0)} MB, of them in use ${then.live.toFixed(1)}; at the end ${now.held.toFixed(0)}, in use ${now.live.toFixed(1)}: ${growth.toFixed(2)} kB a step`,
      );
    }
    sayLook('nothing new', await follower.again());
    sayLook('nothing new', await follower.again());
    addStep(dump, files, count + 1);
    sayLook('one new step', await follower.again());
    addStep(dump, files, count + 2);
    sayLook('one new step', await follower.again());
    follower.end();
    say(`index: ${mb(indexBytes(cache))} MB`);

    const later = new Follower(program, dump, cache);
    const reopened = await later.first();
    sayLook('opened by a new process', reopened);
    say(`  memory: ${reopened.peakMb.toFixed(0)} MB at the most`);
    later.end();

    const other = dumpOf(join(folder, 'cancelled'), files, cancelled);
    const otherCache = join(folder, 'otherCache');
    const stopped = new Follower(program, other, otherCache, { stopMs: stopAfterMs });
    const { stoppedAfterMs } = await stopped.first();
    stopped.end();
    say(`cancelled after ${stopAfterMs} ms: answered ${stoppedAfterMs?.toFixed(0)} ms later`);
    const goingOn = new Follower(program, other, otherCache);
    sayLook(`gone on with, of ${cancelled} files`, await goingOn.first());
    goingOn.end();
  });
}
