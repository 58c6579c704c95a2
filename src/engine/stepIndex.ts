import type { ListedFile } from '../core/formats/folders/planFolder.ts';
import { isProblem, type Problem } from '../core/problem.ts';
import { readStepResult, type StepResult } from '../core/rollouts/stepResult.ts';
import type { LineCache } from './ports.ts';

/** Raised when the same samples would give other results. */
const version = 2;
/** Below it a folder is read anew faster than it would be looked up. */
const leastBytes = 16 * 1024 * 1024;
/** Lines that nobody needs any more, as a multiple of those that are, before the index is written anew. */
const mostStale = 1;

/** What is known of one file of samples. */
export interface IndexedFile {
  readonly size: number;
  readonly modifiedMs: number;
  readonly results: readonly StepResult[];
  readonly problems: readonly Problem[];
}

/** Results by file, kept between sessions: a file whose size and time are the same is not read again. */
export class StepIndex {
  readonly #cache: LineCache;
  readonly #key: string;
  readonly #files = new Map<string, IndexedFile>();
  #kept = 0;
  #isLoaded = false;
  readonly #unwritten = new Set<string>();

  constructor(cache: LineCache, key: string) {
    this.#cache = cache;
    this.#key = key;
  }

  /** @param bytes of all files that it may know: of few it knows none. */
  async load(bytes: number): Promise<void> {
    if (this.#isLoaded || bytes < leastBytes) return;
    this.#isLoaded = true;
    await this.#cache.load(this.#key, (line) => {
      this.#kept += 1;
      const entry = readEntry(line);
      // What was read meanwhile is newer.
      if (entry !== null && !this.#unwritten.has(entry.path)) this.#files.set(entry.path, entry.file);
    });
  }

  /** Of the file as it is now; null where it must be read. */
  find({ path, size, modifiedMs }: ListedFile): IndexedFile | null {
    const known = this.#files.get(path);
    return known !== undefined && known.size === size && known.modifiedMs === modifiedMs ? known : null;
  }

  put(path: string, file: IndexedFile): void {
    this.#files.set(path, file);
    this.#unwritten.add(path);
  }

  /** Writes down what is new; what is gone from the folder goes from the index. */
  async save(present: ReadonlySet<string>): Promise<void> {
    for (const path of this.#files.keys()) if (!present.has(path)) this.#files.delete(path);
    const bytes = [...this.#files.values()].reduce((sum, { size }) => sum + size, 0);
    if (bytes < leastBytes || this.#unwritten.size === 0) return;
    const added = [...this.#unwritten].flatMap((path) => this.#lineOf(path));
    this.#unwritten.clear();
    if (this.#kept + added.length > (1 + mostStale) * this.#files.size) {
      const all = [...this.#files.keys()].flatMap((path) => this.#lineOf(path));
      this.#kept = all.length;
      await this.#cache.replace(this.#key, all);
      return;
    }
    this.#kept += added.length;
    await this.#cache.append(this.#key, added);
  }

  #lineOf(path: string): string[] {
    const file = this.#files.get(path);
    return file === undefined ? [] : [JSON.stringify({ version, path, ...file })];
  }
}

/** A line of an index, which anything may have happened to; null where it is not one of ours. */
function readEntry(line: string): { readonly path: string; readonly file: IndexedFile } | null {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null) return null;
  const entry: Readonly<Record<string, unknown>> = { ...value };
  const { path, size, modifiedMs, results, problems } = entry;
  if (entry.version !== version || typeof path !== 'string') return null;
  if (typeof size !== 'number' || typeof modifiedMs !== 'number') return null;
  if (!Array.isArray(results) || !Array.isArray(problems) || !problems.every(isCounted)) return null;
  const read = results.flatMap((result: unknown) => readStepResult(result) ?? []);
  return read.length === results.length ? { path, file: { size, modifiedMs, results: read, problems } } : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Cut off by a crash, or by another process in the middle of writing: the file is read again.
    return null;
  }
}

const isCounted = (value: unknown): value is Problem =>
  isProblem(value) && 'count' in value && typeof value.count === 'number';
