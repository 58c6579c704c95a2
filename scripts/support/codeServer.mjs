// A code-server of our own: everything it writes lies in one temporary folder, nothing of it is left after `stop`.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host } from './installHost.mjs';
import { endGroup, run, startGroup } from './processes.mjs';

/** No outside requests, no pop-ups, nothing on screen that moves by itself. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'git.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'editor.minimap.enabled': false,
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'window.autoDetectColorScheme': true,
  'window.autoDetectHighContrast': true,
  'workbench.preferredDarkColorTheme': 'Dark Modern',
  'workbench.preferredLightColorTheme': 'Light Modern',
};

/** @returns {Promise<number>} a port that was free a moment ago */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * @typedef {object} CodeServer
 * @property {string} base address of the page, without a slash at its end
 * @property {string} authority host and port, as vscode-remote: addresses want them
 * @property {string} folder the temporary folder that holds all of it
 * @property {string} workspace the copy of the workspace, free to be written to
 * @property {Promise<void>} ended resolves when the server ends, asked to or not
 * @property {() => string} log what the server wrote so far
 * @property {() => Promise<void>} stop ends every process of it and removes the folder
 */

/**
 * @param {object} options
 * @param {string} options.workspace folder; it is copied, so that it may be written to
 * @param {boolean} [options.inPlace] the workspace itself is opened instead of a copy
 * @param {string} [options.vsix] a packaged extension to install
 * @param {Readonly<Record<string, unknown>>} [options.settings] user settings beside the quiet ones
 * @param {Readonly<Record<string, string>>} [options.env] for the extension host
 * @param {boolean} [options.driver] lets the page's address name extension tests to run; changes how dialogs behave
 * @param {number} [options.port] a free one by default
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer({
  workspace,
  inPlace = false,
  vsix,
  settings = {},
  env = {},
  driver = false,
  port,
}) {
  // On macOS the temporary folder is a link; VS Code compares real paths.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ceiling-lens-')));
  const opened = inPlace ? realpathSync(workspace) : join(folder, 'workspace');
  if (!inPlace) cpSync(workspace, opened, { recursive: true });
  mkdirSync(join(folder, 'user/User'), { recursive: true });
  writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  writeFileSync(join(folder, 'config.yaml'), 'auth: none\n');

  const node = host.node();
  const places = [
    '--config',
    join(folder, 'config.yaml'),
    '--user-data-dir',
    join(folder, 'user'),
    '--extensions-dir',
    join(folder, 'extensions'),
  ];
  const environment = {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...env,
  };
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

  if (vsix !== undefined) {
    const { code, output } = await run(node, [host.entry, ...places, '--install-extension', vsix], {
      env: environment,
      keep: true,
      limitMs: 60_000,
    });
    if (code !== 0) {
      removeFolder();
      throw new Error(`${vsix} could not be installed in code-server:\n${output}`);
    }
  }

  const chosen = port ?? (await freePort());
  const server = startGroup(
    node,
    [
      host.entry,
      ...places,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${chosen}`],
      ...[
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-workspace-trust',
        '--disable-getting-started-override',
        '--disable-proxy',
      ],
      ...(driver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  let hasEnded = false;
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
  }
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    server.on('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  process.on('exit', removeFolder);
  const stop = async () => {
    await endGroup(server);
    process.off('exit', removeFolder);
    removeFolder();
  };

  const base = `http://127.0.0.1:${chosen}`;
  const isUp = () =>
    fetch(`${base}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const end = Date.now() + 30_000; !(await isUp()); ) {
    if (hasEnded || Date.now() > end) {
      await stop();
      throw new Error(`code-server did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { base, authority: `127.0.0.1:${chosen}`, folder, workspace: opened, ended, log: () => log, stop };
}
