// Runs a bundled suite inside a real extension host of code-server, against the installed .vsix.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumOptions, ensureChromium } from './chromium.mjs';
import { startCodeServer } from './codeServer.mjs';
import { installHost } from './installHost.mjs';
import { root, say, vsix } from './paths.mjs';

/** VS Code's own lines arrive on the channel of the suite's. */
const ownLine =
  /^(Ignoring |Creating a socket |\[|Resolv(ing|ed) connection token|Creation of workbench contribution|Updating additional builtin|Timed out waiting for authentication provider|\s+at .*workbench\.js)/;

/**
 * @param {{ suite: string, env: Readonly<Record<string, string>>, limitMs: number }} options suite: its bundle, from the
 *   project's root; env: what it finds in its environment
 * @returns {Promise<number>} 0 where it passed
 */
export async function runInHost({ suite, env, limitMs }) {
  await installHost();
  const executablePath = await ensureChromium();
  const server = await startCodeServer({ workspace: join(root, 'samples'), vsix, driver: true, env });
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
        ['extensionTestsPath', remote(join(root, suite))],
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
    return code ?? 1;
  } finally {
    await browser.close();
    await server.stop();
  }
}
