import { existsSync, readFileSync } from 'node:fs';
import { Cancelled, type Control } from '../../src/core/control.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';

/** Memory at one moment, MB. */
export interface Memory {
  /** Of the process. */
  readonly held: number;
  /** Of what is still in use, by the collector. */
  readonly live: number;
}

/** One look at a folder of samples. */
export interface Look {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly points: number;
  /** By the engine. */
  readonly bytesOfSamples: number;
  /** By the system, all files of the process; null where it does not say. */
  readonly bytesOfAll: number | null;
  readonly peakMb: number;
  readonly early: Memory | null;
  readonly end: Memory;
  /** From the wish to stop to the answer; null where nobody wished it. */
  readonly stoppedAfterMs: number | null;
}

/**
 * Looks at a folder of samples with the product's engine, once and again for each message, and answers with what it cost:
 * `followSamples.cjs FOLDER CACHE EARLY STOP`. Memory is taken when the share EARLY is read, and at the end. After STOP
 * milliseconds the first look is cancelled; 0: it is not.
 */
const [folder = '', cache = '', early = '0', stop = '0'] = process.argv.slice(2);
const counters = '/proc/self/io';

function bytesOfAll(): number | null {
  if (!existsSync(counters)) return null;
  return Number(/^rchar: (\d+)/m.exec(readFileSync(counters, 'utf8'))?.[1]);
}

const megabytes = (bytes: number): number => bytes / 1e6;

function memory(): Memory {
  const held = megabytes(process.memoryUsage().rss);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { held, live: megabytes(heapUsed + external) };
}

async function look(engine: ReturnType<typeof createNodeEngine>, stopMs: number): Promise<Look> {
  const start = performance.now();
  const used = process.cpuUsage();
  const before = bytesOfAll();
  let atEarly: Memory | null = null;
  const isLate = (): boolean => stopMs > 0 && performance.now() - start > stopMs;
  const control: Control = {
    check() {
      if (isLate()) throw new Cancelled();
    },
    progress(fraction) {
      if (fraction >= Number(early) && Number(early) > 0) atEarly ??= memory();
    },
  };
  const opened = await engine.open(folder, {}, control).catch((error: unknown) => {
    if (error instanceof Cancelled) return null;
    throw error;
  });
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  const after = bytesOfAll();
  return {
    wallMs,
    cpuMs: (user + system) / 1000,
    points: opened?.report.runs[0]?.x.count ?? 0,
    bytesOfSamples: opened?.bytesRead ?? 0,
    bytesOfAll: before === null || after === null ? null : after - before,
    peakMb: megabytes(process.resourceUsage().maxRSS * 1024),
    early: atEarly,
    end: memory(),
    stoppedAfterMs: opened === null ? wallMs - stopMs : null,
  };
}

async function main(): Promise<void> {
  const engine = createNodeEngine(cache);
  process.send?.(await look(engine, Number(stop)));
  process.on('message', () => void look(engine, 0).then((one) => process.send?.(one)));
}

void main();
