import type { Control } from '../core/control.ts';
import type { DumpPart } from '../core/formats/folders/planDumps.ts';
import type { DumpSink } from '../core/formats/rollouts/dump.ts';
import { stepOfName } from '../core/formats/rollouts/dumpNames.ts';
import { recogniseDump } from '../core/formats/rollouts/recogniseDump.ts';
import { SampleLines } from '../core/formats/rollouts/sampleLines.ts';
import type { Problem } from '../core/problem.ts';
import type { StepResult } from '../core/rollouts/stepResult.ts';
import type { BlockPool } from './blockPool.ts';
import type { ByteSource } from './ports.ts';
import { fillBlock, readBlock } from './readBlock.ts';
import type { SampleTableReader } from './sampleTableReader.ts';
import { decodeBlock, encodingOf, Utf8Stream } from './textDecoding.ts';
import { unlessStopped } from './unlessStopped.ts';

/** A step fits into it as a rule, and no line is put together from two blocks then. */
const blockBytes = 8 * 1024 * 1024;
/** Enough for the first sample, with the probabilities of its tokens. */
const headBytes = 4 * 1024 * 1024;
/** Parquet is read as a whole; no dump of one step comes near. */
const mostParquetBytes = 512 * 1024 * 1024;

/** What a file of samples says. */
export interface ReadDump {
  readonly results: readonly StepResult[];
  readonly problems: readonly Problem[];
  readonly bytes: number;
}

/** A file whose beginning is in memory. To be closed. */
export class BegunDump {
  readonly source: ByteSource;
  readonly size: number;
  readonly first: Uint8Array;
  readonly #memory: Uint8Array;
  readonly #pool: BlockPool;

  private constructor(source: ByteSource, size: number, first: Uint8Array, memory: Uint8Array, pool: BlockPool) {
    this.source = source;
    this.size = size;
    this.first = first;
    this.#memory = memory;
    this.#pool = pool;
  }

  /** Fetches the beginning of a file; the disk does it while another file is parsed. Closes the source where that fails. */
  static async of(source: ByteSource, pool: BlockPool): Promise<BegunDump> {
    try {
      const { size } = await source.state();
      const length = Math.min(blockBytes, size);
      const memory = pool.take(length);
      return new BegunDump(source, size, await fillBlock(source, 0, memory.subarray(0, length)), memory, pool);
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  /** Block by block, each in the memory of the one before. */
  async next(offset: number): Promise<Uint8Array> {
    const length = Math.min(this.#memory.length, this.size - offset);
    return fillBlock(this.source, offset, this.#memory.subarray(0, Math.max(0, length)));
  }

  async close(): Promise<void> {
    this.#pool.give(this.#memory);
    await this.source.close();
  }
}

/** Whether the file has samples, by its beginning. */
export function isDump({ source, size, first }: BegunDump, { reads }: Pick<DumpPart, 'reads'>): boolean {
  if (reads === 'parquet') return isParquet(first);
  const bytes = first.subarray(0, headBytes);
  const head = decodeBlock(bytes, encodingOf(bytes));
  return recogniseDump({ fileName: nameOf(source.name), folders: [], size, bytes, head, tail: '' }) !== null;
}

/**
 * Reads a file of samples once; its texts are gone when its lines are.
 * @param onRead told of the bytes read so far
 */
export async function readDump(
  begun: BegunDump,
  { reads, file }: DumpPart,
  tables: SampleTableReader,
  control: Control,
  onRead: (bytes: number) => void,
): Promise<ReadDump> {
  const collected = new Collected();
  const name = nameOf(file.path);
  if (reads === 'parquet') await readTable(begun, name, tables, collected, control);
  else await readLines(begun, name, collected, control, onRead);
  return { results: collected.results, problems: [...collected.problems.values()], bytes: begun.size };
}

async function readLines(
  begun: BegunDump,
  name: string,
  sink: DumpSink,
  control: Control,
  onRead: (bytes: number) => void,
): Promise<void> {
  const parser = new SampleLines(sink, stepOfName(name));
  const text = new Utf8Stream(encodingOf(begun.first));
  let block = begun.first;
  for (let offset = 0; block.length > 0; ) {
    control.check();
    parser.feed(text.encode(block));
    offset += block.length;
    onRead(offset);
    block = await unlessStopped(begun.next(offset), control);
  }
  parser.finish();
}

async function readTable(
  { source, size, first }: BegunDump,
  name: string,
  tables: SampleTableReader,
  sink: DumpSink,
  control: Control,
): Promise<void> {
  if (size > mostParquetBytes) {
    sink.problem({
      code: 'too-large',
      message: `It has more than ${mostParquetBytes / 1024 / 1024} MB and was not read.`,
    });
    return;
  }
  const bytes = first.length === size ? first : await unlessStopped(readBlock(source, 0, size), control);
  if (!isParquet(bytes) || !isParquet(bytes.subarray(-4))) {
    sink.problem({
      code: 'torn-record',
      message: 'It has no end yet, or is no Parquet file; it is read again when it has changed.',
    });
    return;
  }
  await tables.read(bytes.slice().buffer, stepOfName(name), sink, control);
}

const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

const isParquet = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && [0x50, 0x41, 0x52, 0x31].every((byte, i) => bytes[i] === byte);

class Collected implements DumpSink {
  readonly results: StepResult[] = [];
  readonly problems = new Map<string, Problem>();

  result(result: StepResult): void {
    this.results.push(result);
  }

  problem(problem: Omit<Problem, 'count'>): void {
    const known = this.problems.get(problem.code);
    this.problems.set(
      problem.code,
      known === undefined ? { ...problem, count: 1 } : { ...known, count: known.count + 1 },
    );
  }
}
