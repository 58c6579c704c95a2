import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type ConsoleLog, consoleLogs } from './support/consoleLogs.ts';
import { median } from './support/middles.ts';
import { bundleReader, inTemporaryFolder, type Reading, read } from './support/readers.ts';

/**
 * Reads a large made log of each kind of console beside Node's readline with the simplest regular expression, each in a process of
 * its own and in turn: `node --import tsx bench/consoles.ts [MB] [rounds] [format …]`.
 */
const [megabytes = '50', rounds = '3', ...chosen] = process.argv.slice(2);
const pieceLength = 1e6;

function writeLog(path: string, make: ConsoleLog): void {
  let state = 1;
  const noise = (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    return (state >>> 0) / 2 ** 32;
  };
  const file = openSync(path, 'w');
  let written = 0;
  for (let step = 1; written < 1e6 * Number(megabytes); ) {
    let piece = '';
    for (; piece.length < pieceLength; step += 1) piece += make(step, noise);
    written += writeSync(file, piece);
  }
  closeSync(file);
}

async function compareAll(folder: string): Promise<void> {
  const ours = await bundleReader(folder, 'ours');
  for (const [id, make] of Object.entries(consoleLogs)) {
    if (chosen.length > 0 && !chosen.includes(id)) continue;
    const log = join(folder, `${id}.log`);
    writeLog(log, make);
    const ownReadings: Reading[] = [];
    const others: Reading[] = [];
    for (let round = 0; round < Number(rounds); round++) {
      ownReadings.push(read([ours, 'all'], log));
      others.push(read(['bench/peers/console.mjs', id], log));
    }
    const of = (readings: readonly Reading[], what: keyof Reading): number => median(readings.map((one) => one[what]));
    const say = (name: string, readings: readonly Reading[]): string =>
      `${name} ${(Number(megabytes) / (of(readings, 'cpuMs') / 1000)).toFixed(0).padStart(4)} MB/s, ${of(readings, 'wallMs').toFixed(0)} ms, CPU ${of(readings, 'cpuMs').toFixed(0)} ms, ${of(readings, 'peakMb').toFixed(0)} MB, ${of(readings, 'rows')} rows`;
    const ratio = of(ownReadings, 'cpuMs') / of(others, 'cpuMs');
    process.stdout.write(
      `${id.padEnd(20)} ${say('ours', ownReadings)} · ${say('readline', others)} · CPU ratio ${ratio.toFixed(2)}\n`,
    );
  }
}

inTemporaryFolder(compareAll).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
