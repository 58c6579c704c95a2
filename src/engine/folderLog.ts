import { basename, join } from 'node:path';
import type { Control } from '../core/control.ts';
import { decodeUtf8 } from '../core/formats/binary/decodeUtf8.ts';
import type { ListedFile, PlannedRun } from '../core/formats/folders/planFolder.ts';
import { planFolder } from '../core/formats/folders/planFolder.ts';
import type { Format, Recognition } from '../core/formats/format.ts';
import { Refusal } from '../core/problem.ts';
import { joinTables, type TablePart } from '../core/runs/joinTables.ts';
import type { Table } from '../core/runs/table.ts';
import type { Log, NamedTable } from './log.ts';
import { OpenLog, type Refreshed } from './openLog.ts';
import type { ByteSource } from './ports.ts';

const mostRuns = 100;
const mostParts = 1000;

export interface FolderParts {
  readonly formats: readonly Format[];
  readonly openSource: (path: string) => Promise<ByteSource>;
  readonly listFolder: (path: string) => Promise<readonly ListedFile[] | null>;
}

interface ReadRun {
  readonly signature: string;
  readonly givenName: string | null;
  readonly table: Table | null;
  readonly formatId: string;
  readonly recognition: Recognition;
}

export const formatOfFolder = (path: string): Refusal =>
  new Refusal(
    'format-of-folder',
    `${path} is a folder, whose files are recognised one by one; name a log in it to choose its format.`,
  );

const nothing: Recognition = { confidence: 0, because: '' };

/** A run folder as one log: its runs are read from the files that make them, and again when one of these changed. */
export class FolderLog implements Log {
  readonly #path: string;
  readonly #parts: FolderParts;
  #runs = new Map<string, ReadRun>();
  #size = 0;
  #revision = 0;
  #because = '';
  #isAim = false;

  constructor(path: string, parts: FolderParts) {
    this.#path = path;
    this.#parts = parts;
  }

  get tables(): readonly NamedTable[] {
    const given = [...this.#runs.values()].map(({ givenName }) => givenName);
    return [...this.#runs].flatMap(([path, { table, givenName }]) => {
      const isDistinct = givenName !== null && given.filter((name) => name === givenName).length === 1;
      return table === null ? [] : [{ name: isDistinct ? givenName : path, table }];
    });
  }

  get formatId(): string {
    return this.#newest?.formatId ?? (this.#isAim ? 'not-a-log' : 'unknown');
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
    const files = (await this.#parts.listFolder(this.#path)) ?? [];
    const planned = planFolder(basename(this.#path), files).slice(-mostRuns);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const runs = new Map<string, ReadRun>();
    let bytesRead = 0;
    for (const [i, run] of planned.entries()) {
      control.check();
      control.progress(i / planned.length, `reading ${run.name}`);
      const signature = signatureOf(run, byPath);
      const known = this.#runs.get(run.name);
      if (known?.signature === signature) {
        runs.set(run.name, known);
        continue;
      }
      const read = await this.#read(run, control);
      bytesRead += read.bytes;
      runs.set(run.name, { ...read, signature });
    }
    const isChanged = bytesRead > 0 || runs.size !== this.#runs.size || this.#revision === 0;
    this.#runs = runs;
    this.#size = planned
      .flatMap(({ parts }) => parts)
      .reduce((sum, { path }) => sum + (byPath.get(path)?.size ?? 0), 0);
    this.#isAim = files.some(({ path }) => /(^|\/)\.aim\//.test(path) || /(^|\/)run_metadata\.sqlite$/.test(path));
    this.#because = this.#say(files.length);
    if (isChanged) this.#revision += 1;
    return { bytesRead, changed: isChanged, startedOver: false };
  }

  close(): Promise<void> {
    this.#runs.clear();
    return Promise.resolve();
  }

  get #newest(): ReadRun | null {
    return [...this.#runs.values()].findLast(({ table }) => table !== null) ?? null;
  }

  #say(fileCount: number): string {
    const count = this.tables.length;
    if (count > 0) {
      return `it is a folder with ${count === 1 ? 'one run' : `${count} runs`}; of the newest: ${this.#newest?.recognition.because ?? ''}`;
    }
    if (this.#isAim) {
      return 'it is an Aim store, which keeps its values in a RocksDB database; export the run from Aim to CSV and open that';
    }
    return fileCount === 0
      ? 'the folder has no files'
      : `none of the ${fileCount} files in the folder is a log that is known; name the log itself`;
  }

  async #read(run: PlannedRun, control: Control): Promise<Omit<ReadRun, 'signature'> & { readonly bytes: number }> {
    const tables: TablePart[] = [];
    let recognition = nothing;
    let formatId = 'unknown';
    let bytes = 0;
    for (const { path, prefix } of run.parts.slice(-mostParts)) {
      const log = new OpenLog(await this.#parts.openSource(join(this.#path, path)), this.#parts.formats);
      try {
        bytes += (await log.refresh(control)).bytesRead;
      } finally {
        await log.close();
      }
      if (log.table === null || log.formatId === 'not-a-log') continue;
      tables.push({ table: log.table, from: path, prefix });
      recognition = log.recognition;
      formatId = log.formatId;
    }
    const [only] = tables;
    const isAlone = tables.length === 1 && only?.prefix === '';
    const table = tables.length === 0 ? null : isAlone ? (only?.table ?? null) : joinTables(tables, run.join);
    return { table, formatId, recognition, bytes, givenName: await this.#givenName(run) };
  }

  async #givenName({ nameFile }: PlannedRun): Promise<string | null> {
    if (nameFile === null) return null;
    const source = await this.#parts.openSource(join(this.#path, nameFile));
    try {
      const { size } = await source.state();
      const bytes = new Uint8Array(Math.min(size, longestName));
      const name = decodeUtf8(bytes, 0, await source.read(0, bytes)).trim();
      return name === '' || size > longestName ? null : name;
    } finally {
      await source.close();
    }
  }
}

/** Longer names are no names. */
const longestName = 200;

/** Changes when a part does. */
const signatureOf = ({ parts }: PlannedRun, files: ReadonlyMap<string, ListedFile>): string =>
  parts.map(({ path }) => `${path}:${files.get(path)?.size}:${files.get(path)?.modifiedMs}`).join('|');
