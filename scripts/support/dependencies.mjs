// Brings node_modules in step with package-lock.json. Runs before there is a node_modules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './paths.mjs';
import { run } from './processes.mjs';

/** Rejects with a sentence when Node is too old for the project. */
export function checkNode() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major === undefined || major < 20) {
    throw new Error(
      `Ceiling Lens needs Node 20 or later, and this is Node ${process.versions.node}. Get a newer one from https://nodejs.org.`,
    );
  }
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, integrity?: string }>} the packages of a lock, by folder
 */
const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/** What npm notes at the end of an install tells whether it was for this lock; a stamp of ours would miss `npm install`. */
function isInstalled() {
  try {
    const installed = packagesOf('node_modules/.package-lock.json');
    return Object.entries(packagesOf('package-lock.json')).every(
      ([folder, { version, optional }]) =>
        folder === '' || (folder in installed ? installed[folder]?.version === version : optional === true),
    );
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return false;
    throw error;
  }
}

/** @returns {Promise<void>} rejects with a sentence where npm fails */
export async function ensureDependencies() {
  if (isInstalled()) {
    say('The packages of package-lock.json are installed already.');
    return;
  }
  say('Installing the packages of package-lock.json (npm ci).');
  const { code } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    limitMs: 600_000,
  });
  if (code !== 0) throw new Error('npm ci failed; what it wrote above says why.');
}
