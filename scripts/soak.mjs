// `npm run soak`: 50 logs grow by 5 lines a second each while a real extension host follows all of them. Ends with 1 where
// a line is missing from its series, an error was logged, the host was held up, or its memory grew.
// SOAK_SECONDS (180), SOAK_LOGS (50) and SOAK_LINES_A_SECOND (5) change it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './support/paths.mjs';
import { runInHost } from './support/runInHost.mjs';

const { SOAK_SECONDS = '180', SOAK_LOGS = '50', SOAK_LINES_A_SECOND = '5' } = process.env;
const report = join(root, 'out/soak/report.txt');

rmSync(report, { force: true });
process.exitCode = await runInHost({
  suite: 'out/soak/index.js',
  env: { SOAK_SECONDS, SOAK_LOGS, SOAK_LINES_A_SECOND, SOAK_REPORT: report },
  limitMs: (Number(SOAK_SECONDS) + 180) * 1000,
});
if (existsSync(report)) say(readFileSync(report, 'utf8').trimEnd());
