// Runs the in-host suite in a desktop VS Code, downloaded by @vscode/test-electron (or VSCODE_PATH, one that is there).
// VSCODE_VERSION chooses the version: `stable` unless set, `1.100.0` for the floor of engines.vscode.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from './support/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const workspace = join(folder, 'workspace');
cpSync(join(root, 'samples'), workspace, { recursive: true });

const { VSCODE_PATH, VSCODE_VERSION, SUITE_REPORT } = process.env;
try {
  await runTests({
    ...(VSCODE_PATH === undefined ? { version: VSCODE_VERSION ?? 'stable' } : { vscodeExecutablePath: VSCODE_PATH }),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'out/hostSuite/index.js'),
    launchArgs: [workspace, '--disable-extensions'],
    extensionTestsEnv: { SUITE_REPORT: SUITE_REPORT ?? join(root, 'out/hostSuite/report.json') },
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
