// Runs out/hostSuite/index.js inside a real extension host of code-server, against the installed .vsix.
// The suite writes its counts to SUITE_REPORT.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumOptions, ensureChromium } from './support/chromium.mjs';
import { startCodeServer } from './support/codeServer.mjs';
import { installHost } from './support/installHost.mjs';
import { root, say, vsix } from './support/paths.mjs';

const limitMs = 210_000;

/** VS Code's own lines arrive on the channel of the suite's. */
const ownLine =
  /^(Ignoring |Creating a socket |\[|Resolv(ing|ed) connection token|Creation of workbench contribution|Updating additional builtin|Timed out waiting for authentication provider|\s+at .*workbench\.js)/;

await installHost();
const executablePath = await ensureChromium();
const server = await startCodeServer({
  workspace: join(root, 'samples'),
  vsix,
  driver: true,
  env: { SUITE_REPORT: process.env.SUITE_REPORT ?? join(root, 'out/hostSuite/report.json') },
});
const browser = await chromium.launch({ ...chromiumOptions, executablePath });
try {
  // The extension under development is an empty one: what is tested is the installed .vsix.
  const empty = join(server.folder, 'empty');
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(empty);
  writeFileSync(
    join(empty, 'package.json'),
    JSON.stringify({ name: 'empty', publisher: 'test', version: '0.0.1', engines: { vscode: engines.vscode } }),
  );

  const page = await browser.newPage();
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _level, /** @type {unknown[]} */ parts) => {
    const line = format(...parts);
    if (!ownLine.test(line)) say(line);
  });
  const remote = (/** @type {string} */ path) => `vscode-remote://${server.authority}${path}`;
  const address = new URL(server.base);
  address.searchParams.set('folder', server.workspace);
  address.searchParams.set(
    'payload',
    JSON.stringify([
      ['extensionDevelopmentPath', remote(empty)],
      ['extensionTestsPath', remote(join(root, 'out/hostSuite/index.js'))],
    ]),
  );
  await page.goto(String(address));

  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, limitMs, null);
  });
  const code = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (code === null) {
    const picture = 'out/screenshots/in-host-suite.png';
    mkdirSync(join(root, 'out/screenshots'), { recursive: true });
    await page.screenshot({ path: join(root, picture) });
    say(`The suite in the extension host did not end within ${limitMs / 1000} s; ${picture} shows the workbench.`);
  }
  process.exitCode = code ?? 1;
} finally {
  await browser.close();
  await server.stop();
}
