// `npm test`: sets up what the tests need, runs every tier, and ends in the line `N passed, N failed`.
// `npm test -- unit` runs one tier (and what it is built from); tiers may be listed: types lint build unit package host page.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './support/chromium.mjs';
import { checkNode, ensureDependencies } from './support/dependencies.mjs';
import { installHost } from './support/installHost.mjs';
import { bestNode, root, say } from './support/paths.mjs';
import { run } from './support/processes.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Tier
 * @property {string} name
 * @property {string} title
 * @property {number} limitMs
 * @property {() => readonly (readonly string[])[]} commands arguments for Node, one list a command
 * @property {readonly string[]} needs tiers that must have passed before
 * @property {() => Promise<unknown>} [setUp] rejects with a sentence where something cannot be installed
 * @property {boolean} [isCounted] whether it leaves a report with counts; otherwise the tier is one check
 */

const minute = 60_000;
const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);
/** Where desktop VS Code is what developers have, the suite runs there. */
const hostIsDesktop = process.platform !== 'linux';

/**
 * @param {string} folder
 * @param {(path: string) => boolean} isWanted
 * @returns {string[]}
 */
function testFiles(folder, isWanted) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts') && !path.includes('/node_modules/') && isWanted(path))
    .sort();
}

const nodeTest = (/** @type {string[]} */ files, /** @type {string[]} */ options) => [
  ...['--import', 'tsx', '--test', ...options],
  ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
  ...[
    `--test-reporter=${new URL('support/countReporter.mjs', import.meta.url)}`,
    `--test-reporter-destination=${reportFile}`,
  ],
  ...files,
];

const reportFile = join(root, 'out/test-report.json');

/** @type {readonly Tier[]} */
const tiers = [
  {
    name: 'types',
    title: 'Types (tsc -b)',
    limitMs: 3 * minute,
    commands: () => [[bin('typescript/bin/tsc'), '-b']],
    needs: [],
  },
  {
    name: 'lint',
    title: 'Lint (Biome, and the arrows between rooms)',
    limitMs: 3 * minute,
    commands: () => [
      [bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'],
      [join(root, 'scripts/lintRooms.mjs')],
    ],
    needs: [],
  },
  {
    name: 'build',
    title: 'Build',
    limitMs: 2 * minute,
    commands: () => [[join(root, 'scripts/build.mjs'), '--check-sizes']],
    needs: [],
  },
  {
    name: 'unit',
    title: 'Unit tests',
    limitMs: 10 * minute,
    commands: () => [
      nodeTest(
        testFiles('test', (path) => !/^test\/(host|hostSuite|page)\//.test(path)),
        [],
      ),
    ],
    needs: ['build'],
    isCounted: true,
  },
  {
    name: 'package',
    title: 'Package',
    limitMs: 2 * minute,
    commands: () => [[join(root, 'scripts/package.mjs')]],
    needs: ['build'],
  },
  {
    name: 'host',
    title: hostIsDesktop
      ? 'Suite in the extension host of a desktop VS Code (downloaded by @vscode/test-electron)'
      : 'Suite in the extension host of code-server',
    limitMs: 4 * minute,
    commands: () => [[join(root, hostIsDesktop ? 'scripts/testDesktop.mjs' : 'scripts/testHost.mjs')]],
    needs: ['build', 'package'],
    setUp: async () => {
      if (!hostIsDesktop) await Promise.all([installHost(), ensureChromium()]);
    },
    isCounted: true,
  },
  {
    name: 'page',
    title: 'Page tests (Chromium on code-server)',
    limitMs: 10 * minute,
    // One file at a time: each has a VS Code and a browser of its own, and waits are limited.
    commands: () => [
      nodeTest(
        testFiles('test/page', () => true),
        ['--test-concurrency=1'],
      ),
    ],
    needs: ['build', 'package'],
    setUp: () => Promise.all([installHost(), ensureChromium()]),
    isCounted: true,
  },
];

/** @param {Tier} tier @returns {Promise<{ counts: Counts, trouble: string | null }>} */
async function runTier({ name, commands, limitMs, setUp, isCounted }) {
  /** @param {string} trouble */
  const notRun = (trouble) => ({ counts: { passed: 0, failed: 1, skipped: 0 }, trouble: `${name}: ${trouble}` });
  try {
    await setUp?.();
  } catch (error) {
    return notRun(error instanceof Error ? error.message : String(error));
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  rmSync(reportFile, { force: true });
  let failedCommand = false;
  for (const command of commands()) {
    const env = { ...process.env, SUITE_REPORT: reportFile };
    // Without a file node:test would look for some by itself.
    if (command.includes('--test') && command.at(-1)?.endsWith('.test.ts') !== true)
      return notRun('there is no test file');
    const { code, stopped } = await run(bestNode(), command, { cwd: root, env, limitMs });
    if (stopped) return notRun(`stopped after ${limitMs / minute} minutes without an end`);
    if (code !== 0) failedCommand = true;
  }
  if (isCounted !== true) {
    return failedCommand ? notRun('failed') : { counts: { passed: 1, failed: 0, skipped: 0 }, trouble: null };
  }
  const counts = readCounts();
  if (counts === null) return notRun('ended without a report');
  if (counts.failed > 0) return { counts, trouble: `${name}: ${counts.failed} failed` };
  if (failedCommand)
    return { counts: { ...counts, failed: 1 }, trouble: `${name}: ended with an error although no test failed` };
  if (counts.passed === 0) return { counts: { ...counts, failed: 1 }, trouble: `${name}: no test ran` };
  return { counts, trouble: null };
}

/** @returns {Counts | null} */
function readCounts() {
  try {
    return statSync(reportFile).size === 0 ? null : JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/** @param {readonly string[]} names @returns {Set<string>} the tiers and what they need */
function withNeeds(names) {
  const all = new Set(names);
  for (const name of all) for (const need of tiers.find((tier) => tier.name === name)?.needs ?? []) all.add(need);
  return all;
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !tiers.some((tier) => tier.name === name));
if (unknown !== undefined) {
  say(`There is no tier "${unknown}"; there are: ${tiers.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

try {
  checkNode();
  await ensureDependencies();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  say('0 passed, 1 failed');
  process.exit(1);
}

const wanted = withNeeds(asked.length === 0 ? tiers.map(({ name }) => name) : asked);
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const troubles = [];
/** @type {Set<string>} */
const broken = new Set();
for (const tier of tiers.filter(({ name }) => wanted.has(name))) {
  say(`\n== ${tier.title}`);
  const missing = tier.needs.find((need) => broken.has(need));
  const startedMs = Date.now();
  const { counts, trouble } =
    missing === undefined
      ? await runTier(tier)
      : { counts: { passed: 0, failed: 1, skipped: 0 }, trouble: `${tier.name}: not run, because ${missing} failed` };
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  if (trouble !== null) {
    broken.add(tier.name);
    troubles.push(trouble);
  }
  say(
    `-- ${tier.name}: ${counts.passed} passed, ${counts.failed} failed in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`,
  );
}

say('');
for (const trouble of troubles) say(trouble);
say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
