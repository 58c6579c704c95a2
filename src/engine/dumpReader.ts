import { join, resolve } from 'node:path';
import type { Control } from '../core/control.ts';
import { type DumpPart, type PlannedDump, planDumps } from '../core/formats/folders/planDumps.ts';
import type { ListedFile } from '../core/formats/folders/planFolder.ts';
import { type Problem, Refusal } from '../core/problem.ts';
import { rolloutTable } from '../core/rollouts/rolloutTable.ts';
import type { StepResult } from '../core/rollouts/stepResult.ts';
import type { Table } from '../core/runs/table.ts';
import { AheadQueue } from './aheadQueue.ts';
import { BlockPool } from './blockPool.ts';
import type { ByteSource, LineCache } from './ports.ts';
import { BegunDump, isDump, readDump } from './readDump.ts';
import { readProgress } from './readProgress.ts';
import { SampleTableReader } from './sampleTableReader.ts';
import { StepIndex } from './stepIndex.ts';
import { unlessStopped } from './unlessStopped.ts';

/** What is read before it is written down: who is ended without a word goes on from there. */
const mostUnsaved = { files: 64, bytes: 256 * 1024 * 1024 };

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
  /** What was found the last time, and of which files. */
  #last: { readonly files: readonly ListedFile[]; readonly read: ReadDumps } | null = null;
  /** Why a file could not be read the last time. */
  readonly #refusals = new Map<string, Problem>();

  constructor(folder: string, parts: DumpReaderParts) {
    this.#folder = folder;
    this.#parts = parts;
    this.#index = new StepIndex(parts.cache, resolve(folder));
  }

  async refresh(files: readonly ListedFile[], control: Control): Promise<ReadDumps> {
    const last = this.#last;
    // A folder is looked at each second, and mostly nothing is new.
    if (last !== null && this.#refusals.size === 0 && areSame(files, last.files)) return { ...last.read, bytesRead: 0 };
    this.#last = null;
    const read = await this.#refresh(files, control);
    if (read.runs.length > 0) this.#last = { files, read };
    return read;
  }

  async #refresh(files: readonly ListedFile[], control: Control): Promise<ReadDumps> {
    const maybe = planDumps(files);
    await this.#index.load(bytesOf(maybe.flatMap((dump) => dump.parts)));
    const planned: PlannedDump[] = [];
    for (const dump of maybe) if (await this.#isDump(dump, control)) planned.push(dump);
    if (planned.length === 0) return { runs: [], paths: new Set(), others: files, bytesRead: 0 };
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
    const pool = new BlockPool();
    const queue = new AheadQueue(unknown, (part) => this.#begin(part, pool), leave);
    const tables = new SampleTableReader();
    const size = bytesOf(unknown);
    let bytesDone = 0;
    let bytesRead = 0;
    let unsaved = { files: 0, bytes: 0 };
    try {
      for (const part of unknown) {
        const { path } = part.file;
        const tell = (bytes: number): void =>
          control.progress(Math.min(1, (bytesDone + bytes) / size), readProgress(path, bytesDone + bytes, size));
        control.check();
        tell(0);
        const file = await unlessStopped(queue.next(), control, leave);
        if (file !== null) {
          bytesRead += await this.#read(part, file, tables, control, tell);
          unsaved = { files: unsaved.files + 1, bytes: unsaved.bytes + file.size };
        }
        bytesDone += part.file.size;
        if (unsaved.files < mostUnsaved.files && unsaved.bytes < mostUnsaved.bytes) continue;
        await this.#index.save(paths);
        unsaved = { files: 0, bytes: 0 };
      }
    } finally {
      await this.#index.save(paths);
      await unlessStopped(Promise.all([tables.close(), queue.close()]), control);
    }
    return bytesRead;
  }

  /** Resolves to the bytes read; a file that fails does not cost the others. */
  async #read(
    part: DumpPart,
    file: BegunDump,
    tables: SampleTableReader,
    control: Control,
    tell: (bytes: number) => void,
  ): Promise<number> {
    const { path, size, modifiedMs } = part.file;
    try {
      const { results, problems, bytes } = await readDump(file, part, tables, control, tell);
      this.#index.put(path, { size, modifiedMs, results, problems });
      return bytes;
    } catch (error) {
      this.#refuse(path, error);
      return file.first.length;
    } finally {
      await unlessStopped(file.close(), control);
    }
  }

  /** null where the file cannot be read, which is remembered. */
  async #begin({ file: { path } }: DumpPart, pool: BlockPool): Promise<BegunDump | null> {
    try {
      return await BegunDump.of(await this.#parts.openSource(join(this.#folder, path)), pool);
    } catch (error) {
      this.#refuse(path, error);
      return null;
    }
  }

  /** What fails otherwise is a bug and shows so. */
  #refuse(path: string, error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    this.#refusals.set(path, { code: error.code, message: `${path} was left out: ${error.message}`, count: 1 });
  }

  /** By the newest of its files that is there as a whole: all are written by one trainer. */
  async #isDump({ root, parts }: PlannedDump, control: Control): Promise<boolean> {
    const known = this.#judged.get(root);
    if (known?.isDump === true) return true;
    for (const part of parts.slice(-3).reverse()) {
      if (known?.path === part.file.path) continue;
      if ((this.#index.find(part.file)?.results.length ?? 0) > 0) return true;
      const begun = await unlessStopped(this.#begin(part, new BlockPool()), control, leave);
      if (begun === null) continue;
      await unlessStopped(begun.close(), control);
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
      const list = byPrefix.get(prefix) ?? [];
      // One file may have as many steps as a call cannot have arguments.
      for (const result of results) list.push(result);
      byPrefix.set(prefix, list);
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

const leave = async (file: BegunDump | null): Promise<void> => file?.close();

const bytesOf = (parts: readonly DumpPart[]): number => parts.reduce((sum, { file }) => sum + file.size, 0);

const areSame = (a: readonly ListedFile[], b: readonly ListedFile[]): boolean =>
  a.length === b.length &&
  a.every(({ path, size, modifiedMs }, i) => {
    const other = b[i];
    return path === other?.path && size === other.size && modifiedMs === other.modifiedMs;
  });

function sayWhat(results: readonly StepResult[]): string {
  const samples = results.reduce((sum, one) => sum + one.samples, 0);
  const prompts = results.reduce((sum, one) => sum + one.prompts, 0);
  const each =
    samples === prompts ? 'one a prompt' : `${(samples / Math.max(1, prompts)).toFixed(1)} a prompt on average`;
  return `it has ${samples} sampled responses with their scores, ${each}`;
}
