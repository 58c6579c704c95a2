// What is bundled into dist/ and out/, and how.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './paths.mjs';

/** VS Code 1.100, the floor of engines.vscode, runs extensions on Node 20; the command line promises Node 20 too. */
const nodeTarget = 'node20.18';

/**
 * Parts that load on first need. `await import('./configClient.ts')` anywhere in src becomes a require of
 * dist/configClient.js at run time. None of them may bring what is compared by its class (an error to be caught): it would be
 * there twice.
 */
const lazyHostParts = ['src/extension/configClient.ts'];
export const lazyEngineParts = [
  'src/engine/compileExpression.ts',
  'src/engine/formula/compileFormula.ts',
  'src/engine/zstdStream.ts',
];
const lazyCommandLine = 'src/cli/commandLine.ts';

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
    const files = new Set([...lazyHostParts, ...lazyEngineParts, lazyCommandLine].map((part) => join(root, part)));
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && files.has(resolve(resolveDir, path))
        ? { path: `./${baseName(path)}.js`, external: true }
        : undefined,
    );
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
  plugins: [lazyParts],
  // A plain require of a lazy part: the extension host intercepts it as any other, on desktop and on servers.
  supported: { 'dynamic-import': false },
};
/** @satisfies {import('esbuild').BuildOptions} */
const forHost = { ...forNode, external: ['vscode'] };
/** @satisfies {import('esbuild').BuildOptions} */
const forPage = { ...common, platform: 'browser', target: 'chrome128' };

/** @type {readonly { readonly entry: string, readonly outfile: string, readonly options: import('esbuild').BuildOptions }[]} */
export const bundles = [
  { entry: 'src/extension/activate.ts', outfile: 'dist/extension.js', options: forHost },
  ...lazyHostParts.map((entry) => ({ entry, outfile: `dist/${baseName(entry)}.js`, options: forHost })),
  ...threads.map((entry) => ({ entry, outfile: `dist/${baseName(entry)}.js`, options: forNode })),
  { entry: 'src/worker/node.ts', outfile: 'dist/worker.js', options: forNode },
  { entry: 'src/server/node.ts', outfile: 'dist/server.js', options: forNode },
  ...lazyEngineParts.map((entry) => ({ entry, outfile: `dist/${baseName(entry)}.js`, options: forNode })),
  {
    entry: 'src/cli/main.ts',
    outfile: 'dist/cli.js',
    options: { ...forNode, banner: { js: '#!/usr/bin/env node' } },
  },
  {
    entry: lazyCommandLine,
    outfile: `dist/${baseName(lazyCommandLine)}.js`,
    options: { ...forNode, define: { CEILING_LENS_VERSION: JSON.stringify(version) } },
  },
  { entry: 'webview/main.ts', outfile: 'dist/panel.js', options: { ...forPage, format: 'iife' } },
  { entry: 'webview/panel.css', outfile: 'dist/panel.css', options: forPage },
];

/**
 * Suites stay readable: their stack traces are what a failure shows.
 * @satisfies {import('esbuild').BuildOptions}
 */
const suiteOptions = { ...forNode, plugins: [], minify: false, sourcemap: 'inline', external: ['vscode', 'mocha'] };
const suiteFolder = join(root, 'test/hostSuite');
const soak = { entry: 'test/soak/index.ts', outfile: 'out/soak/index.js', options: suiteOptions };
const hostSuites = (existsSync(suiteFolder) ? readdirSync(suiteFolder) : [])
  .filter((name) => name === 'index.ts' || name.endsWith('.test.ts'))
  .map((name) => ({
    entry: `test/hostSuite/${name}`,
    outfile: `out/hostSuite/${name.replace(/\.ts$/, '.js')}`,
    options: suiteOptions,
  }));
export const suites = [...hostSuites, soak];
