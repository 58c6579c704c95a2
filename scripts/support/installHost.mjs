// Installs code-server (a real VS Code that runs on a server) into test/host, once.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { bestNode, root, say } from './paths.mjs';
import { run } from './processes.mjs';

const folder = join(root, 'test/host');
const stampFile = join(folder, 'node_modules/.installed');
const vscodeFolder = join(folder, 'node_modules/code-server/lib/vscode');

/** The Node that code-server needs, and its entry point. */
export const host = {
  node: () => bestNode(folder),
  entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
};

const tail = (/** @type {string} */ text) => text.trim().split('\n').slice(-15).join('\n');

/** @param {readonly string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env */
async function npm(args, cwd, env) {
  const { code, output } = await run('npm', [...args, '--no-audit', '--no-fund'], {
    cwd,
    env,
    keep: true,
    limitMs: 600_000,
  });
  return { done: code === 0, output };
}

/**
 * @returns {Promise<void>} rejects with a sentence where code-server cannot be installed
 */
export async function installHost() {
  if (process.platform === 'win32') {
    throw new Error(
      'code-server does not run on Windows. Install VS Code (https://code.visualstudio.com), or use WSL.',
    );
  }
  const stamp = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(host.entry)) return;

  say('Installing code-server into test/host (about half a minute, once).');
  const installed = await npm(['ci', '--ignore-scripts'], folder, process.env);
  if (!installed.done) throw new Error(`code-server could not be installed by npm:\n${tail(installed.output)}`);

  const node = host.node();
  const version = await run(node, ['-p', 'process.versions.node'], { keep: true });
  if (Number.parseInt(version.output, 10) < 24) {
    throw new Error(
      `code-server needs Node 24, and this is Node ${version.output.trim()}: install Node 24 and try again.`,
    );
  }
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    // The headers that node-gyp would download; the Node package has them.
    npm_config_nodedir: dirname(dirname(node)),
  };
  // Not `npm ci`: the shrinkwrap that code-server ships is out of step with its package.json.
  const modules = await npm(['install', '--omit=dev', '--ignore-scripts'], vscodeFolder, env);
  if (!modules.done) throw new Error(`The modules of code-server could not be installed:\n${tail(modules.output)}`);

  const rebuilt = await npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], vscodeFolder, env);
  if (!rebuilt.done) {
    say(
      'code-server goes on without its native logger: Output channels stay empty (to have them, install g++, make and python3).',
    );
  }
  writeFileSync(stampFile, stamp);
}
