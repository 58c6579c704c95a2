import { unwatched } from '../../src/core/control.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { OpenLog } from '../../src/engine/openLog.ts';

/** Reads a log as the engine does, in a process of its own, and prints what it counted: `readLog all|X,SERIES,… LOG`. */
async function main(): Promise<void> {
  const [names = '', path = ''] = process.argv.slice(2);
  const log = new OpenLog(new FileSource(path), formats);
  await log.refresh(unwatched, null, names === 'all' ? null : { series: names.split(',').slice(1) });
  await log.close();
  const columns = (log.table?.columns ?? []).filter(({ name }) => names === 'all' || names.split(',').includes(name));
  let sum = 0;
  let rows = 0;
  for (const { values } of columns) {
    rows = Math.max(rows, values.length);
    sum += sumOf(values.view());
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  process.stdout.write(`${JSON.stringify({ rows, sum, cpuMs, peakMb: maxRSS / 1024 })}\n`);
}

/** A function of its own: what counts is the reading, and this is fast once it is compiled. */
function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) sum += value;
  }
  return sum;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
