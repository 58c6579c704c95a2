import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './support/middles.ts';

/** `inspect` as a process of its own on every file of a collection; prints the slowest ten. `node --import tsx bench/readLogs.ts [FOLDER]` */
const [folder = '../shared/logs'] = process.argv.slice(2);
const cli = 'dist/cli.js';

if (!existsSync(folder) || !existsSync(cli)) {
  process.stderr.write(
    `${existsSync(folder) ? `${cli} is not built; run node scripts/build.mjs` : `${folder} is not there`}.\n`,
  );
  process.exitCode = 1;
} else {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  const readings = files.map((file) => {
    const path = join(folder, file);
    const start = performance.now();
    const { status, signal } = spawnSync(process.execPath, [cli, 'inspect', path, '--json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { file, ms: performance.now() - start, bytes: statSync(path).size, status: status ?? signal };
  });
  const failed = readings.filter(({ status }) => status !== 0 && status !== 3);
  process.stdout.write(
    `${files.length} files, median ${median(readings.map(({ ms }) => ms)).toFixed(0)} ms, ${failed.length} ended wrongly\n`,
  );
  for (const { file, status } of failed) process.stdout.write(`  ${file}: ${status}\n`);
  for (const { file, ms, bytes } of readings.toSorted((a, b) => b.ms - a.ms).slice(0, 10)) {
    process.stdout.write(`${ms.toFixed(0).padStart(6)} ms ${(bytes / 1e6).toFixed(2).padStart(8)} MB  ${file}\n`);
  }
}
