import { basename, join, resolve } from 'node:path';
import type { Control } from '../core/control.ts';
import { decodeUtf8 } from '../core/formats/bytes/utf8.ts';
import { joinMonitors } from '../core/formats/folders/joinMonitors.ts';
import type { Join, ListedFile, PlannedRun } from '../core/formats/folders/planFolder.ts';
import { planFolder } from '../core/formats/folders/planFolder.ts';
import type { Format, Recognition } from '../core/formats/format.ts';
import { type Problem, Refusal } from '../core/problem.ts';
import { redactSecrets } from '../core/redactSecrets.ts';
import { joinTables, type TablePart } from '../core/runs/joinTables.ts';
import type { Table } from '../core/runs/table.ts';
import { DumpReader, type DumpRun } from './dumpReader.ts';
import type { Log, NamedTable } from './log.ts';
import { OpenLog, type Refreshed } from './openLog.ts';
import type { ByteSource, LineCache } from './ports.ts';

const mostRuns = 100;
const mostParts = 1000;

export interface FolderParts {
  readonly formats: readonly Format[];
  readonly openSource: (path: string) => Promise<ByteSource>;
  readonly listFolder: (path: string, control?: Control) => Promise<readonly ListedFile[] | null>;
  readonly cache: LineCache;
}

interface ReadRun {
  readonly signature: string;
  readonly givenName: string | null;
  readonly table: Table | null;
  readonly formatId: string;
  readonly recognition: Recognition;
  /** What one of its files is that is no log. */
  readonly judged: string | null;
  readonly problems: readonly Problem[];
}

/** A file of the folder that stays parsed up to its end, closed between two reads. */
interface ReadFile {
  readonly log: OpenLog;
  /** Changes when the file does. */
  stamp: string;
  /** Why it could not be read. */
  refusal: Problem | null;
}

export const formatOfFolder = (path: string): Refusal =>
  new Refusal(
    'format-of-folder',
    `${path} is a folder, whose files are recognised one by one; name a log in it to choose its format.`,
  );

const nothing: Recognition = { confidence: 0, because: '' };

/** A run folder as one log: its runs are read from the files that make them, and a file that grew from where it was. */
export class FolderLog implements Log {
  readonly #path: string;
  readonly #parts: FolderParts;
  readonly #dumps: DumpReader;
  #runs = new Map<string, ReadRun>();
  #files = new Map<string, ReadFile>();
  #problems: readonly Problem[] = [];
  #size = 0;
  #revision = 0;
  #because = '';
  #isAim = false;

  constructor(path: string, parts: FolderParts) {
    this.#path = path;
    this.#parts = parts;
    this.#dumps = new DumpReader(path, parts);
  }

  get tables(): readonly NamedTable[] {
    const given = [...this.#runs.values()].map(({ givenName }) => givenName);
    return [...this.#runs].flatMap(([path, { table, givenName }]) => {
      const isDistinct = givenName !== null && given.filter((name) => name === givenName).length === 1;
      return table === null ? [] : [{ name: isDistinct ? givenName : path, table }];
    });
  }

  get problems(): readonly Problem[] {
    return [...this.#problems, ...[...this.#runs.values()].flatMap(({ problems }) => problems)];
  }

  get formatId(): string {
    return this.#newest?.formatId ?? (this.#isAim || this.#judged !== null ? 'not-a-log' : 'unknown');
  }

  get recognition(): Recognition {
    const newest = this.#newest;
    return newest === null
      ? { ...nothing, because: this.#because }
      : { confidence: newest.recognition.confidence, because: this.#because };
  }

  get size(): number {
    return this.#size;
  }

  get revision(): number {
    return this.#revision;
  }

  async refresh(control: Control, format: string | null = null): Promise<Refreshed> {
    if (format !== null) throw formatOfFolder(this.#path);
    const files = (await this.#parts.listFolder(this.#path, control)) ?? [];
    const dumps = await this.#dumps.refresh(files, control);
    const all = planFolder(resolve(this.#path), dumps.others);
    const planned = all.slice(-mostRuns);
    this.#problems = all.length > mostRuns ? [tooManyRuns(all.length)] : [];
    const byPath = new Map(files.map((file) => [file.path, file]));
    const runs = new Map<string, ReadRun>();
    // The newest run is the last: samples say most, unless their trainer wrote a log of its own beside them.
    const hasOwnLog = planned.some(({ isClear }) => isClear);
    if (hasOwnLog) for (const dump of dumps.runs) this.#addDump(dump, runs);
    let bytesRead = dumps.bytesRead;
    for (const [i, run] of planned.entries()) {
      control.check();
      control.progress(i / planned.length, `reading ${run.name}`);
      const signature = signatureOf(run, byPath);
      const known = this.#runs.get(run.name);
      if (known?.signature === signature) {
        runs.set(run.name, known);
        continue;
      }
      const read = await this.#read(run, byPath, control);
      bytesRead += read.bytes;
      runs.set(run.name, { ...read, signature });
    }
    const inUse = new Set(planned.flatMap(({ parts }) => parts.map(({ path }) => path)));
    for (const path of this.#files.keys()) if (!inUse.has(path)) this.#files.delete(path);
    if (!hasOwnLog) for (const dump of dumps.runs) this.#addDump(dump, runs);
    const isChanged =
      this.#revision === 0 ||
      runs.size !== this.#runs.size ||
      [...runs].some(([name, { signature }]) => this.#runs.get(name)?.signature !== signature);
    this.#runs = runs;
    this.#size = [...inUse, ...dumps.paths].reduce((sum, path) => sum + (byPath.get(path)?.size ?? 0), 0);
    this.#isAim = files.some(({ path }) => /(^|\/)\.aim\//.test(path) || /(^|\/)run_metadata\.sqlite$/.test(path));
    this.#because = this.#say(files.length);
    if (isChanged) this.#revision += 1;
    return { bytesRead, startedOver: false };
  }

  /** Nothing of a folder's files is cold. */
  warm(): Promise<void> {
    return Promise.resolve();
  }

  divide(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#runs.clear();
    this.#files.clear();
    return Promise.resolve();
  }

  get #newest(): ReadRun | null {
    return [...this.#runs.values()].findLast(({ table }) => table !== null) ?? null;
  }

  #addDump({ root, table, problems, because, signature }: DumpRun, runs: Map<string, ReadRun>): void {
    const own = root === '' ? basename(resolve(this.#path)) : root;
    const name = runs.has(own) ? `${own} (samples)` : own;
    runs.set(name, {
      signature,
      givenName: null,
      table,
      problems,
      formatId: 'rollouts',
      recognition: { confidence: 0.95, because },
      judged: null,
    });
  }

  get #judged(): string | null {
    return [...this.#runs.values()].findLast(({ judged }) => judged !== null)?.judged ?? null;
  }

  #say(fileCount: number): string {
    const count = this.tables.length;
    if (count > 0) {
      return `it is a folder with ${count === 1 ? 'one run' : `${count} runs`}; of the newest: ${this.#newest?.recognition.because ?? ''}`;
    }
    if (this.#isAim) {
      return 'it is an Aim store, which keeps its values in a RocksDB database; export the run from Aim to CSV and open that';
    }
    if (fileCount === 0) return 'the folder has no files';
    return this.#judged !== null
      ? `none of the ${fileCount} files in the folder is a log; ${this.#judged}`
      : `none of the ${fileCount} files in the folder is a log that is known; name the log itself`;
  }

  async #read(
    run: PlannedRun,
    byPath: ReadonlyMap<string, ListedFile>,
    control: Control,
  ): Promise<Omit<ReadRun, 'signature'> & { readonly bytes: number }> {
    const tables: (TablePart & { readonly from: string })[] = [];
    const problems: Problem[] = [];
    let recognition = nothing;
    let formatId = 'unknown';
    let judged: string | null = null;
    let bytes = 0;
    const parts = run.parts.slice(-mostParts);
    if (parts.length < run.parts.length) problems.push(tooManyParts(run));
    for (const { path, prefix } of parts) {
      const { log, refusal, bytesRead } = await this.#readFile(path, stampOf(byPath.get(path)), control);
      bytes += bytesRead;
      if (refusal !== null) problems.push(refusal);
      if (refusal !== null || log.table === null) continue;
      if (log.formatId === 'not-a-log') {
        judged = `${path}: ${log.recognition.because}`;
        continue;
      }
      tables.push({ table: log.table, from: path, prefix });
      recognition = log.recognition;
      formatId = log.formatId;
    }
    for (const { table, from } of tables) {
      for (const problem of table.problems) problems.push({ ...problem, message: `${from}: ${problem.message}` });
    }
    let table: Table | null = null;
    try {
      table = joined(tables, run.join);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push({ code: error.code, message: `${run.name} was left out: ${error.message}`, count: 1 });
    }
    return { table, formatId, recognition, judged, problems, bytes, givenName: await this.#givenName(run) };
  }

  /** What was appended since the last time; a file that refuses to be read does not cost the others. */
  async #readFile(path: string, stamp: string, control: Control): Promise<ReadFile & { readonly bytesRead: number }> {
    const known = this.#files.get(path);
    const file = known ?? {
      log: new OpenLog(await this.#parts.openSource(join(this.#path, path)), this.#parts.formats),
      stamp: '',
      refusal: null,
    };
    this.#files.set(path, file);
    if (file.stamp === stamp) return { ...file, bytesRead: 0 };
    let bytesRead = 0;
    try {
      ({ bytesRead } = await file.log.refresh(control));
      file.refusal = null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      file.refusal = { code: error.code, message: `${path} was left out: ${error.message}`, count: 1 };
    } finally {
      await file.log.close();
    }
    file.stamp = stamp;
    return { ...file, bytesRead };
  }

  async #givenName({ nameFile }: PlannedRun): Promise<string | null> {
    if (nameFile === null) return null;
    const source = await this.#parts.openSource(join(this.#path, nameFile));
    try {
      const { size } = await source.state();
      const bytes = new Uint8Array(Math.min(size, longestName));
      const name = decodeUtf8(bytes, 0, await source.read(0, bytes)).trim();
      return name === '' || size > longestName ? null : redactSecrets(name);
    } finally {
      await source.close();
    }
  }
}

/** Longer names are no names. */
const longestName = 200;

/** Changes when a part does. */
const signatureOf = ({ parts }: PlannedRun, files: ReadonlyMap<string, ListedFile>): string =>
  parts.map(({ path }) => `${path}:${stampOf(files.get(path))}`).join('|');

const stampOf = (file: ListedFile | undefined): string => `${file?.size}:${file?.modifiedMs}`;

function joined(tables: readonly TablePart[], join: Join): Table | null {
  const [only] = tables;
  if (only === undefined) return null;
  if (tables.length === 1 && only.prefix === '') return only.table;
  return join === 'by-time' ? joinMonitors(tables.map(({ table }) => table)) : joinTables(tables, join);
}

const tooManyRuns = (count: number): Problem => ({
  code: 'too-many-runs',
  message: `The folder holds ${count} runs; the newest ${mostRuns} were read. Name the folder of one run to see an older one.`,
  count: 1,
});

const tooManyParts = ({ name, parts }: PlannedRun): Problem => ({
  code: 'too-many-files',
  message: `The run ${name} has ${parts.length} files; the last ${mostParts} of them were read.`,
  count: 1,
});
