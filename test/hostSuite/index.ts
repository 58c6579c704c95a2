import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Entry point that VS Code calls: runs every bundled suite beside this file and writes the counts to SUITE_REPORT. */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failed) => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      const report = process.env.SUITE_REPORT;
      if (report !== undefined) {
        writeFileSync(report, JSON.stringify({ passed: passes, failed, skipped: pending }));
      }
      if (failed > 0) reject(new Error(`${failed} of the tests in the extension host failed.`));
      else resolve();
    });
  });
}
