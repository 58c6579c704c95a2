import { appendFileSync } from 'node:fs';
import { unwatched } from '../src/core/control.ts';
import { formats } from '../src/core/formats/formatTable.ts';
import { FileSource } from '../src/engine/fileSource.ts';
import { createNodeEngine } from '../src/engine/nodeEngine.ts';
import { OpenLog } from '../src/engine/openLog.ts';
import { median } from './support/middles.ts';
import { inTemporaryFolder, makeLog } from './support/readers.ts';

/**
 * One line appended to a large log and to a small one: bytes read and time to the new value. What it costs must not depend on
 * the size of the log, nor on whether it was resumed. `node --import tsx bench/tail.ts [MB]`
 */
const [large = '1000'] = process.argv.slice(2);
const small = '5';
const appends = 600;
/** Code that runs for the first time costs more than what it does. */
const warmUp = 200;
/** By so many steps a resumed log fell back. */
const fallen = 2000;

/** A log that grows line by line. */
class Tail {
  readonly #path: string;
  readonly #log: OpenLog;
  readonly readMs: number[] = [];
  bytesRead = 0;
  #step = 0;

  constructor(path: string) {
    this.#path = path;
    this.#log = new OpenLog(new FileSource(path), formats);
  }

  async open(isResumed: boolean): Promise<void> {
    await this.#log.refresh(unwatched);
    this.#step = this.#lastStep();
    if (!isResumed) return;
    this.#step -= fallen;
    appendFileSync(this.#path, Array.from({ length: fallen }, () => this.#line()).join(''));
    await this.#log.refresh(unwatched);
  }

  async append(): Promise<void> {
    const text = this.#line();
    appendFileSync(this.#path, text);
    const start = performance.now();
    const { bytesRead } = await this.#log.refresh(unwatched);
    this.readMs.push(performance.now() - start);
    this.bytesRead = bytesRead;
    if (bytesRead !== text.length || this.#lastStep() !== this.#step) {
      throw new Error(`The appended line was not read: ${bytesRead} bytes of ${text.length}.`);
    }
  }

  /** Milliseconds after an append until all series are told anew, and until they are forecast. */
  async look(): Promise<{ inspectMs: number; forecastMs: number }> {
    await this.#log.close();
    const engine = createNodeEngine();
    await engine.open(this.#path, {}, unwatched);
    const after = async (work: () => Promise<unknown>): Promise<number> => {
      appendFileSync(this.#path, this.#line());
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    const open = (): Promise<unknown> => engine.open(this.#path, {}, unwatched);
    const request = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };
    // The first look at what grew makes room for more.
    await after(open);
    const inspections: number[] = [];
    for (let i = 0; i < 9; i++) inspections.push(await after(open));
    const forecasts: number[] = [];
    for (let i = 0; i < 4; i++) forecasts.push(await after(() => engine.predict(this.#path, request, unwatched)));
    await engine.close(this.#path);
    return { inspectMs: median(inspections), forecastMs: median(forecasts) };
  }

  #lastStep(): number {
    const steps = this.#log.table?.find('step');
    return steps === undefined ? 0 : steps.values.at(steps.values.length - 1);
  }

  #line(): string {
    this.#step += 1;
    return `{"step": ${this.#step}, "loss": 1.25, "solver_uncertainty": ${0.15 + 1e-6 * this.#step}}\n`;
  }
}

async function compare(folder: string): Promise<void> {
  for (const isResumed of [false, true]) {
    const sizes = [large, small];
    const tails = sizes.map((size) => new Tail(makeLog(folder, `of${size}.jsonl`, '--kind', 'jsonl', '--mb', size)));
    for (const tail of tails) await tail.open(isResumed);
    // In turns, so that both run the same code at the same time.
    for (let i = 0; i < appends; i++) for (const tail of tails) await tail.append();
    const reads = tails.map(({ readMs }) => median(readMs.slice(warmUp)));
    for (const [i, tail] of tails.entries()) {
      const { inspectMs, forecastMs } = await tail.look();
      process.stdout.write(
        `${sizes[i]?.padStart(5)} MB${isResumed ? ', resumed' : ''}: ${tail.bytesRead} bytes read, new value after ${reads[i]?.toFixed(3)} ms, all series told anew after ${inspectMs.toFixed(1)} ms, forecast after ${forecastMs.toFixed(0)} ms\n`,
      );
    }
    const [ofLarge = Number.NaN, ofSmall = Number.NaN] = reads;
    process.stdout.write(`New value, ${large} MB / ${small} MB: ${(ofLarge / ofSmall).toFixed(2)} (goal 1.2)\n`);
  }
}

inTemporaryFolder(compare).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
