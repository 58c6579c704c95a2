import { basename, join, resolve } from 'node:path';
import type { Control } from '../core/control.ts';
import { type DumpPart, type PlannedDump, planDumps } from '../core/formats/folders/planDumps.ts';
import type { ListedFile } from '../core/formats/folders/planFolder.ts';
import { type Problem, Refusal } from '../core/problem.ts';
import { rolloutTable } from '../core/rollouts/rolloutTable.ts';
import type { StepResult } from '../core/rollouts/stepResult.ts';
import type { Table } from '../core/runs/table.ts';
import { BlockPool } from './blockPool.ts';
import type { ByteSource, LineCache } from './ports.ts';
import { BegunDump, isDump, readDump } from './readDump.ts';
import { SampleTableReader } from './sampleTableReader.ts';
import { StepIndex } from './stepIndex.ts';

/** Files read before what is known by then is written down: what is stopped goes on from there. */
const savedEvery = 64;

/** Files whose beginning is fetched before their turn. */
const fetchedAhead = 4;

export interface DumpReaderParts {
  readonly openSource: (path: string) => Promise<ByteSource>;
  readonly cache: LineCache;
}

/** A run of samples with its table. */
export interface DumpRun {
  readonly root: string;
  readonly table: Table;
  readonly problems: readonly Problem[];
  readonly because: string;
  /** Changes when a file of it does. */
  readonly signature: string;
}

export interface ReadDumps {
  readonly runs: readonly DumpRun[];
  /** Files of these runs. */
  readonly paths: ReadonlySet<string>;
  /** Files that belong to no dump. */
  readonly others: readonly ListedFile[];
  readonly bytesRead: number;
}

/** Reads the samples below a folder, each file once: what is known of a file is kept until its size or time changes. */
export class DumpReader {
  readonly #folder: string;
  readonly #parts: DumpReaderParts;
  readonly #index: StepIndex;
  /** Whether the files of a root are samples, by the newest that was looked at. */
  readonly #judged = new Map<string, { readonly path: string; readonly isDump: boolean }>();
  readonly #runs = new Map<string, DumpRun>();
  /** Why a file could not be read the last time. */
  readonly #refusals = new Map<string, Problem>();

  constructor(folder: string, parts: DumpReaderParts) {
    this.#folder = folder;
    this.#parts = parts;
    this.#index = new StepIndex(parts.cache, resolve(folder));
  }

  async refresh(files: readonly ListedFile[], control: Control): Promise<ReadDumps> {
    const planned: PlannedDump[] = [];
    for (const dump of planDumps(files)) if (await this.#isDump(dump)) planned.push(dump);
    if (planned.length === 0) return { runs: [], paths: new Set(), others: files, bytesRead: 0 };
    await this.#index.load();
    const parts = planned.flatMap((dump) => dump.parts);
    const paths = new Set(parts.map(({ file }) => file.path));
    const bytesRead = await this.#readNew(parts, paths, control);
    return {
      runs: planned.map((dump) => this.#run(dump)),
      paths,
      others: files.filter(({ path }) => !paths.has(path)),
      bytesRead,
    };
  }

  /** Reads the files that are not known as they are now, the next ones being fetched while one is parsed. */
  async #readNew(parts: readonly DumpPart[], paths: ReadonlySet<string>, control: Control): Promise<number> {
    const unknown = parts.filter(({ file }) => this.#index.find(file) === null);
    this.#refusals.clear();
    let bytesRead = 0;
    const pool = new BlockPool();
    const begin = (part: DumpPart): Promise<BegunDump | null> => {
      const begun = this.#begin(part, pool);
      // Its turn comes later: a failure is thrown then.
      begun.catch(() => {});
      return begun;
    };
    const begun = unknown.slice(0, fetchedAhead).map(begin);
    const tables = new SampleTableReader();
    try {
      for (const [i, part] of unknown.entries()) {
        control.check();
        control.progress(i / unknown.length, `reading ${basename(part.file.path)}`);
        const file = (await begun.shift()) ?? null;
        const next = unknown[i + fetchedAhead];
        if (next !== undefined) begun.push(begin(next));
        if (file === null) continue;
        try {
          const { results, problems, bytes } = await readDump(file, part, tables, control);
          bytesRead += bytes;
          const { size, modifiedMs } = part.file;
          this.#index.put(part.file.path, { size, modifiedMs, results, problems });
        } finally {
          await file.close();
        }
        if (i % savedEvery === savedEvery - 1) await this.#index.save(paths);
      }
    } finally {
      await tables.close();
      for (const one of await Promise.allSettled(begun)) {
        if (one.status === 'fulfilled') await one.value?.close();
      }
      await this.#index.save(paths);
    }
    return bytesRead;
  }

  /** null where the file cannot be read, which is remembered; what fails otherwise is a bug and shows so. */
  async #begin({ file: { path } }: DumpPart, pool: BlockPool): Promise<BegunDump | null> {
    try {
      return await BegunDump.of(await this.#parts.openSource(join(this.#folder, path)), pool);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refusals.set(path, { code: error.code, message: `${path} was left out: ${error.message}`, count: 1 });
      return null;
    }
  }

  /** By the newest of its files that is there as a whole: all are written by one trainer. */
  async #isDump({ root, parts }: PlannedDump): Promise<boolean> {
    const known = this.#judged.get(root);
    if (known?.isDump === true) return true;
    for (const part of parts.slice(-3).reverse()) {
      if (known?.path === part.file.path) continue;
      const begun = await this.#begin(part, new BlockPool());
      if (begun === null) continue;
      await begun.source.close();
      const found = isDump(begun, part);
      this.#judged.set(root, { path: part.file.path, isDump: found });
      if (found) return true;
    }
    return false;
  }

  #run({ root, parts }: PlannedDump): DumpRun {
    const signature = parts
      .map(({ file }) => `${file.path}:${file.size}:${file.modifiedMs}:${this.#refusals.has(file.path)}`)
      .join('|');
    const known = this.#runs.get(root);
    if (known?.signature === signature) return known;
    const byPrefix = new Map<string, StepResult[]>();
    const indexed = parts.flatMap(({ file, prefix }) => {
      const found = this.#index.find(file);
      return found === null ? [] : [{ path: file.path, prefix, ...found }];
    });
    for (const { prefix, results } of indexed) {
      const list = byPrefix.get(prefix);
      if (list === undefined) byPrefix.set(prefix, [...results]);
      else list.push(...results);
    }
    const table = rolloutTable([...byPrefix].map(([prefix, results]) => ({ prefix, results })));
    const problems = [
      ...indexed.flatMap((file) =>
        file.problems.map((problem) => ({ ...problem, message: `${file.path}: ${problem.message}` })),
      ),
      ...parts.flatMap(({ file }) => this.#refusals.get(file.path) ?? []),
    ];
    const run = { root, table, problems, signature, because: sayWhat(indexed.flatMap(({ results }) => results)) };
    this.#runs.set(root, run);
    return run;
  }
}

function sayWhat(results: readonly StepResult[]): string {
  const samples = results.reduce((sum, one) => sum + one.samples, 0);
  const prompts = results.reduce((sum, one) => sum + one.prompts, 0);
  const each =
    samples === prompts ? 'one a prompt' : `${(samples / Math.max(1, prompts)).toFixed(1)} a prompt on average`;
  return `it has ${samples} sampled responses with their scores, ${each}`;
}
