import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { root } from '../../scripts/support/paths.mjs';

/** The command line as it is shipped. */
export const bundle = join(root, 'dist/cli.js');

export interface CliOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSurroundings {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the bundled command line as a process of its own, from the project's root. */
export function runCli(args: readonly string[], { input, env, cwd }: CliSurroundings = {}): CliOutcome {
  assert.ok(existsSync(bundle), 'dist/cli.js is not there; run npm run build first.');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
    cwd: cwd ?? root,
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', TERM: 'xterm', CEILING_LENS_DEBUG: '', ...env },
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
    maxBuffer: 64_000_000,
  });
  return { status, stdout, stderr };
}

/** A folder of the test's own with these files in it; gone after the test. */
export function folderOf(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A CSV of columns over epoch = 0, 1, 2 …: the solver relaxes from 1 to 0.2 and the verifier from 0.5 to 0.1 at one rate. */
export function relaxingCsv(rows: number, names: readonly [string, string] = ['solver', 'verifier']): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const left = Math.exp(-0.3 * i);
    return `${i},${(0.2 + 0.8 * left).toFixed(6)},${(0.1 + 0.4 * left).toFixed(6)}`;
  });
  return `${[['epoch', ...names].join(','), ...lines].join('\n')}\n`;
}
