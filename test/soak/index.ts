import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GrowingLogs, loggedTroubles } from '../hostSuite/growingLogs.ts';
import { api } from '../hostSuite/support.ts';

const bounds = { delayMs: 50, heapGrowthMb: 8 } as const;
/** Before the logs grow: what delays the host then is the machine, not what is tested. */
const restMs = 10_000;
const resolutionMs = 10;
const sampleMs = 5000;

/** Entry point that VS Code calls: see scripts/soak.mjs. Rejects where something did not hold. */
export async function run(): Promise<void> {
  const seconds = numberOf('SOAK_SECONDS');
  const count = numberOf('SOAK_LOGS');
  const rowsASecond = numberOf('SOAK_LINES_A_SECOND');
  const lens = await api();
  const logs = await GrowingLogs.start(lens, count);
  const troublesBefore = loggedTroubles(lens).length;
  const atRest = monitorEventLoopDelay({ resolution: resolutionMs });
  atRest.enable();
  await new Promise((resolve) => setTimeout(resolve, restMs));
  atRest.disable();
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  const memory: { readonly heapMb: number; readonly rssMb: number }[] = [];
  const sample = setInterval(() => memory.push(memoryNow()), sampleMs);
  delays.enable();
  const startMs = Date.now();
  await logs.grow(Math.round(seconds * rowsASecond), rowsASecond);
  const grownMs = Date.now();
  await logs.allAccountedFor();
  const caughtUpMs = Date.now();
  delays.disable();
  clearInterval(sample);
  const troubles = loggedTroubles(lens).slice(troublesBefore);
  logs.dispose();

  const delayMs = (percentile: number, of = delays) => Math.max(0, of.percentile(percentile) / 1e6 - resolutionMs);
  const ownDelayMs = Math.max(0, delayMs(99) - delayMs(99, atRest));
  const quarter = Math.max(1, memory.length >> 2);
  const mean = (part: readonly (typeof memory)[number][], of: 'heapMb' | 'rssMb') =>
    part.reduce((sum, one) => sum + one[of], 0) / Math.max(1, part.length);
  const ends = [memory.slice(quarter, 2 * quarter), memory.slice(-quarter)] as const;
  const grewMb = mean(ends[1], 'heapMb') - mean(ends[0], 'heapMb');
  const lines = count * Math.round(seconds * rowsASecond);
  say(`${lines} lines in ${count} logs over ${((grownMs - startMs) / 1000).toFixed(0)} s: every one is in its series.`);
  say(`The last was forecast ${((caughtUpMs - grownMs) / 1000).toFixed(1)} s after it was written.`);
  say(
    `Delay of the host's event loop: median ${delayMs(50).toFixed(1)} ms, p99 ${delayMs(99).toFixed(1)} ms, most ${delayMs(100).toFixed(1)} ms; p99 at rest ${delayMs(99, atRest).toFixed(1)} ms.`,
  );
  say(
    `Heap of the host: ${mean(ends[0], 'heapMb').toFixed(1)} MB in the second quarter, ${mean(ends[1], 'heapMb').toFixed(1)} MB in the last; whole process ${mean(ends[0], 'rssMb').toFixed(0)} and ${mean(ends[1], 'rssMb').toFixed(0)} MB.`,
  );
  say(`Errors and warnings logged: ${troubles.length}.`);
  const broken = [
    ...(ownDelayMs < bounds.delayMs
      ? []
      : [`the event loop was held up for ${ownDelayMs.toFixed(0)} ms more than at rest`]),
    ...(grewMb < bounds.heapGrowthMb ? [] : [`the heap grew by ${grewMb.toFixed(1)} MB`]),
    ...troubles,
  ];
  if (broken.length > 0) throw new Error(`The soak failed: ${broken.join('; ')}.`);
}

/** The heap without its garbage. */
function memoryNow(): { readonly heapMb: number; readonly rssMb: number } {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: heapUsed / 1e6, rssMb: rss / 1e6 };
}

function textOf(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not given.`);
  return value;
}

function numberOf(name: string): number {
  const value = Number(textOf(name));
  if (!(value > 0)) throw new Error(`${name} is not a number over 0.`);
  return value;
}

function say(line: string): void {
  appendFileSync(textOf('SOAK_REPORT'), `${line}\n`);
}
