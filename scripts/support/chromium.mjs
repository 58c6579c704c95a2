// Finds the browser that tests drive, or installs it where that is allowed.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './paths.mjs';
import { run } from './processes.mjs';

/** Quiet on the network, able to run without a screen or as root; signals are ours to handle (processes.mjs). */
export const chromiumOptions = {
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
};

/** @returns {string[]} */
function places() {
  const { env, platform } = process;
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) =>
        ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((name) =>
          join(folder, name),
        ),
      );
  }
  return (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) =>
      ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map((name) =>
        join(folder, name),
      ),
    );
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | undefined} */
export function findChromium() {
  return [process.env.CHROMIUM_PATH ?? '', ...places(), '/usr/bin/chromium'].find(
    (path) => path !== '' && canRun(path),
  );
}

/** @returns {Promise<string>} rejects with a sentence that names what to install */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No Chromium, Chrome or Edge was found: installing the package chromium by apt-get.');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env, limitMs: 300_000 });
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { env, limitMs: 600_000 });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium, Chrome or Edge was found. Install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}
