import { appendFileSync } from 'node:fs';
import { unwatched } from '../src/core/control.ts';
import { formats } from '../src/core/formats/formatTable.ts';
import { FileSource } from '../src/engine/fileSource.ts';
import { createNodeEngine } from '../src/engine/nodeEngine.ts';
import { OpenLog } from '../src/engine/openLog.ts';
import { inTemporaryFolder, makeLog, median } from './support/readers.ts';

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

interface Appended {
  readonly bytesRead: number;
  readonly readMs: number;
  readonly inspectMs: number;
  readonly forecastMs: number;
}

async function append(folder: string, megabytes: string, isResumed: boolean): Promise<Appended> {
  const path = makeLog(folder, `of${megabytes}.jsonl`, '--kind', 'jsonl', '--mb', megabytes);
  const log = new OpenLog(new FileSource(path), formats);
  await log.refresh(unwatched);
  const steps = log.table?.find('step');
  let step = steps === undefined ? 0 : steps.values.at(steps.values.length - 1);
  const line = (): string => {
    step += 1;
    return `{"step": ${step}, "loss": 1.25, "solver_uncertainty": ${0.15 + 1e-6 * step}}\n`;
  };
  if (isResumed) {
    step -= fallen;
    appendFileSync(path, Array.from({ length: fallen }, line).join(''));
    await log.refresh(unwatched);
  }
  const reads: number[] = [];
  let bytesRead = 0;
  for (let i = 0; i < appends; i++) {
    const text = line();
    appendFileSync(path, text);
    const start = performance.now();
    const refreshed = await log.refresh(unwatched);
    reads.push(performance.now() - start);
    bytesRead = refreshed.bytesRead;
    if (bytesRead !== text.length || steps?.values.at(steps.values.length - 1) !== step) {
      throw new Error(`The appended line was not read: ${bytesRead} bytes of ${text.length}.`);
    }
  }
  await log.close();
  const engine = createNodeEngine();
  await engine.open(path, {}, unwatched);
  // The first look at what grew makes room for more.
  appendFileSync(path, line());
  await engine.open(path, {}, unwatched);
  const inspections: number[] = [];
  for (let i = 0; i < 9; i++) {
    appendFileSync(path, line());
    const start = performance.now();
    await engine.open(path, {}, unwatched);
    inspections.push(performance.now() - start);
  }
  const request = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };
  const forecasts: number[] = [];
  for (let i = 0; i < 4; i++) {
    appendFileSync(path, line());
    const start = performance.now();
    await engine.predict(path, request, unwatched);
    forecasts.push(performance.now() - start);
  }
  await engine.close(path);
  return {
    bytesRead,
    readMs: median(reads.slice(warmUp)),
    inspectMs: median(inspections),
    forecastMs: median(forecasts),
  };
}

async function compare(folder: string): Promise<void> {
  for (const isResumed of [false, true]) {
    const [ofLarge, ofSmall] = [await append(folder, large, isResumed), await append(folder, small, isResumed)];
    for (const [size, { bytesRead, readMs, inspectMs, forecastMs }] of [
      [large, ofLarge],
      [small, ofSmall],
    ] as const) {
      process.stdout.write(
        `${size.padStart(5)} MB${isResumed ? ', resumed' : ''}: ${bytesRead} bytes read, new value after ${readMs.toFixed(3)} ms, all series told anew after ${inspectMs.toFixed(1)} ms, forecast after ${forecastMs.toFixed(0)} ms\n`,
      );
    }
    process.stdout.write(
      `New value, ${large} MB / ${small} MB: ${(ofLarge.readMs / ofSmall.readMs).toFixed(2)} (goal 1.2)\n`,
    );
  }
}

inTemporaryFolder(compare).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
