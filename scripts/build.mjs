// Bundles every runtime into dist/, the in-host test suites into out/hostSuite/, and the soak into out/soak/.
// Usage: node scripts/build.mjs [--check-sizes]
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { root, say } from './support/paths.mjs';
import { writeThirdPartyLicenses } from './support/thirdPartyLicenses.mjs';

const hostLimitBytes = 60_000;

/** VS Code 1.100, the floor of engines.vscode, runs extensions on Node 20; the command line promises Node 20 too. */
const nodeTarget = 'node20.18';

/**
 * Parts of the extension host that load on first need. `await import('./configClient.ts')` anywhere in src/extension
 * becomes a require of dist/configClient.js at run time.
 */
const lazyHostParts = ['src/extension/configClient.ts'];

/** Threads that the engine starts for what only some logs need; each lies beside the bundle that starts it. */
const threads = ['src/engine/sampleTableThread.ts'];

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const baseName = (/** @type {string} */ path) => path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/, '');

/**
 * Leaves dynamic imports of the lazy parts out of the bundle that asks for them.
 * @type {import('esbuild').Plugin}
 */
const lazyParts = {
  name: 'lazy-parts',
  setup({ onResolve }) {
    const files = new Set(lazyHostParts.map((part) => join(root, part)));
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && files.has(resolve(resolveDir, path))
        ? { path: `./${baseName(path)}.js`, external: true }
        : undefined,
    );
  },
};

/** What the parts bundled on their own consist of. @type {Set<string>} */
const shakenInputs = new Set();

/**
 * Bundles a lazy part on its own first: a module that is imported dynamically keeps all of what it imports, unused exports
 * too, and of mathjs that is more than twice what is used.
 * @type {import('esbuild').Plugin}
 */
const shakenParts = {
  name: 'shaken-parts',
  setup({ onLoad, initialOptions }) {
    onLoad({ filter: /[\\/]engine[\\/](compileExpression|formula[\\/]compileFormula)\.ts$/ }, async ({ path }) => {
      const { plugins, outfile, banner, ...options } = initialOptions;
      const { outputFiles, metafile } = await build({
        ...options,
        entryPoints: [path],
        format: 'esm',
        write: false,
        metafile: true,
      });
      for (const input of Object.keys(metafile.inputs)) shakenInputs.add(input);
      return { contents: outputFiles[0]?.text ?? '', loader: 'js' };
    });
  },
};

/** @satisfies {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};
/** @satisfies {import('esbuild').BuildOptions} */
const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: nodeTarget,
  // `module` first: jsonc-parser's `main` is UMD, whose inner requires a bundler cannot follow.
  mainFields: ['module', 'main'],
  plugins: [shakenParts],
};
/** @satisfies {import('esbuild').BuildOptions} */
const forHost = {
  ...forNode,
  external: ['vscode'],
  plugins: [lazyParts],
  // A plain require of a lazy part: the extension host intercepts it as any other, on desktop and on servers.
  supported: { 'dynamic-import': false },
};
/** @satisfies {import('esbuild').BuildOptions} */
const forPage = { ...common, platform: 'browser', target: 'chrome128' };

const bundles = [
  { entry: 'src/extension/activate.ts', outfile: 'dist/extension.js', options: forHost },
  ...lazyHostParts.map((entry) => ({ entry, outfile: `dist/${baseName(entry)}.js`, options: forHost })),
  ...threads.map((entry) => ({ entry, outfile: `dist/${baseName(entry)}.js`, options: forNode })),
  { entry: 'src/worker/node.ts', outfile: 'dist/worker.js', options: forNode },
  { entry: 'src/server/node.ts', outfile: 'dist/server.js', options: forNode },
  {
    entry: 'src/cli/main.ts',
    outfile: 'dist/cli.js',
    options: {
      ...forNode,
      banner: { js: '#!/usr/bin/env node' },
      define: { CEILING_LENS_VERSION: JSON.stringify(version) },
    },
  },
  { entry: 'webview/main.ts', outfile: 'dist/panel.js', options: { ...forPage, format: 'iife' } },
  { entry: 'webview/panel.css', outfile: 'dist/panel.css', options: forPage },
];

/**
 * Suites stay readable: their stack traces are what a failure shows.
 * @satisfies {import('esbuild').BuildOptions}
 */
const suiteOptions = { ...forNode, minify: false, sourcemap: 'inline', external: ['vscode', 'mocha'] };
const suiteFolder = join(root, 'test/hostSuite');
const soak = { entry: 'test/soak/index.ts', outfile: 'out/soak/index.js', options: suiteOptions };
const hostSuites = (existsSync(suiteFolder) ? readdirSync(suiteFolder) : [])
  .filter((name) => name === 'index.ts' || name.endsWith('.test.ts'))
  .map((name) => ({
    entry: `test/hostSuite/${name}`,
    outfile: `out/hostSuite/${name.replace(/\.ts$/, '.js')}`,
    options: suiteOptions,
  }));
const suites = [...hostSuites, soak];

const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;

for (const folder of ['dist', 'out/hostSuite', 'out/soak']) {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
}

const present = [...bundles, ...suites].filter(({ entry }) => {
  const exists = existsSync(join(root, entry));
  if (!exists) say(`${entry} is not there yet; its bundle was left out.`);
  return exists;
});
const outcomes = await Promise.allSettled(
  present.map(({ entry, outfile, options }) => build({ ...options, entryPoints: [entry], outfile })),
);
const broken = present.filter((_, index) => outcomes[index]?.status === 'rejected').map(({ entry }) => entry);

for (const { outfile } of bundles.filter(({ outfile }) => existsSync(join(root, outfile)))) {
  say(`${outfile.padEnd(22)} ${kB(statSync(join(root, outfile)).size).padStart(9)}`);
}
const bundled = outcomes
  .slice(0, present.length - suites.length)
  .flatMap((outcome) => (outcome.status === 'fulfilled' ? Object.keys(outcome.value.metafile?.inputs ?? {}) : []));
writeThirdPartyLicenses([...bundled, ...shakenInputs], join(root, 'dist/third-party-licenses.txt'));
if (existsSync(join(root, 'dist/cli.js'))) chmodSync(join(root, 'dist/cli.js'), 0o755);

if (broken.length > 0) {
  say(`These could not be bundled: ${broken.join(', ')}.`);
  process.exitCode = 1;
}
if (process.argv.includes('--check-sizes')) {
  const host = join(root, 'dist/extension.js');
  const hostBytes = existsSync(host) ? statSync(host).size : 0;
  if (hostBytes > hostLimitBytes) {
    say(
      `dist/extension.js has ${kB(hostBytes)}, over its limit of ${kB(hostLimitBytes)}: move a part behind a dynamic import.`,
    );
    process.exitCode = 1;
  }
}
