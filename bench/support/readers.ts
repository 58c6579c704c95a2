import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** One reading of one log by one reader, in a process of its own. */
export interface Reading {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly rows: number;
  readonly sum: number;
}

export const logMaker = '../shared/tools/make-logs.mjs';
const peers = 'bench/peers';

/** A folder of the system for generated logs, gone when the work is done. */
export async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-bench-'));
  // At the exit, so that one who stops a long comparison is not left with its logs.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  await work(folder);
}

export function makeLog(folder: string, name: string, ...options: readonly string[]): string {
  if (!existsSync(logMaker)) throw new Error(`${logMaker} makes the logs, and is not there.`);
  const path = join(folder, name);
  execFileSync(process.execPath, [logMaker, ...options, '--out', path]);
  return path;
}

/** What a module is altered in for a comparison. */
interface Change {
  readonly file: RegExp;
  readonly parts: readonly { readonly from: string; readonly to: string }[];
}

/** Bundles our reader as it ships. */
export const bundleReader = (folder: string, name: string, change?: Change): Promise<string> =>
  bundle('readLog', join(folder, `${name}.cjs`), change === undefined ? [] : [changing(change)]);

/** Bundles a program of this folder with what it needs, as those of the product are bundled. */
export async function bundle(name: string, outfile: string, plugins: import('esbuild').Plugin[] = []): Promise<string> {
  await build({
    entryPoints: [`bench/support/${name}.ts`],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    outfile,
    logLevel: 'error',
    plugins,
  });
  return outfile;
}

const changing = ({ file, parts }: Change) => ({
  name: 'changing',
  setup({ onLoad }: import('esbuild').PluginBuild) {
    onLoad({ filter: file }, async ({ path }) => {
      const { readFile } = await import('node:fs/promises');
      let contents = await readFile(path, 'utf8');
      for (const { from, to } of parts) {
        if (!contents.includes(from)) throw new Error(`${path} does not hold what was to be changed.`);
        contents = contents.replace(from, to);
      }
      return { contents, loader: 'ts' as const };
    });
  },
});

/** Whether the peers are installed; they are no part of the product's install. */
export const hasPeers = (): boolean => existsSync(join(peers, 'node_modules'));

export const peerReader = (name: string): readonly string[] => [join(peers, 'read.mjs'), name];

export function read(command: readonly string[], log: string): Reading {
  const start = performance.now();
  const output = execFileSync(process.execPath, [...command, log], { encoding: 'utf8' });
  const wallMs = performance.now() - start;
  const { cpuMs, peakMb, rows, sum }: Omit<Reading, 'wallMs'> = JSON.parse(output);
  return { wallMs, cpuMs, peakMb, rows, sum };
}
