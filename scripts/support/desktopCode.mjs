// Finds a desktop VS Code that can open a window here.
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {{ readonly env: NodeJS.ProcessEnv, readonly platform: NodeJS.Platform }} Surroundings */

/** @param {Surroundings} surroundings @returns {string[]} where installers put it, after what stands on PATH */
function places({ env, platform }) {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, platform === 'win32' ? 'code.cmd' : 'code'));
  const home = env.HOME ?? '';
  if (platform === 'darwin') {
    const inApp = 'Visual Studio Code.app/Contents/Resources/app/bin/code';
    return [...onPath, join('/Applications', inApp), join(home, 'Applications', inApp)];
  }
  if (platform === 'win32') {
    const folders = [
      env.LOCALAPPDATA && join(env.LOCALAPPDATA, 'Programs'),
      env.PROGRAMFILES,
      env['PROGRAMFILES(X86)'],
    ];
    return [
      ...onPath,
      ...folders.flatMap((folder) => (folder ? [join(folder, 'Microsoft VS Code/bin/code.cmd')] : [])),
    ];
  }
  const flatpak = 'flatpak/exports/bin/com.visualstudio.code';
  return [
    ...onPath,
    '/usr/bin/code',
    '/usr/share/code/bin/code',
    '/snap/bin/code',
    join('/var/lib', flatpak),
    join(home, '.local/share', flatpak),
  ];
}

/** A terminal inside a remote window has a `code` that only talks to that window: it cannot load an extension from a folder. */
const isRemoteCli = (/** @type {string} */ path) => /remote-cli|code-server/.test(realpathSync(path));

/** @param {Surroundings} [surroundings] @returns {string | undefined} its command */
export function findDesktopCode(surroundings = process) {
  const { env, platform } = surroundings;
  const hasScreen = platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return hasScreen ? places(surroundings).find((path) => existsSync(path) && !isRemoteCli(path)) : undefined;
}
