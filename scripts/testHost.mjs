// Runs out/hostSuite/index.js inside a real extension host of code-server, against the installed .vsix.
// The suite writes its counts to SUITE_REPORT.
import { join } from 'node:path';
import { root } from './support/paths.mjs';
import { runInHost } from './support/runInHost.mjs';

process.exitCode = await runInHost({
  suite: 'out/hostSuite/index.js',
  env: { SUITE_REPORT: process.env.SUITE_REPORT ?? join(root, 'out/hostSuite/report.json') },
  limitMs: 210_000,
});
