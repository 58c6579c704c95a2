import type { Problem } from '../core/problem.ts';
import { Refusal } from '../core/problem.ts';
import { MemorySource } from './memorySource.ts';
import type { ByteSource, FileState, ReportsProblems } from './ports.ts';
import { readBlock } from './readBlock.ts';
import { Xxh64 } from './xxh64.ts';
import { ZstdFrames } from './zstdFrames.ts';

const blockBytes = 64 * 1024;
/** Given to the zstd reader at once: it unpacks each piece whole, and a forged one grows 32,000-fold. */
const zstdPieceBytes = 2048;
/** Logs pack 5 to 50 times; what grows more than this, beyond a size that does no harm, was made to grow. */
const mostGrowth = 200;
const harmlessBytes = 64 * 1024 * 1024;
const mostBytes = 512 * 1024 * 1024;

type Packing = 'gzip' | 'zstd';

/**
 * Bytes of a source as they were before it was compressed with gzip or zstd; any other source is passed through. A packed
 * log is unpacked as a whole and again when it changed, because it cannot be read from its middle.
 */
export class UnpackedSource implements ByteSource, ReportsProblems {
  readonly #inner: ByteSource;
  #current: ByteSource;
  #packedState = '';
  #problems: readonly Problem[] = [];

  constructor(inner: ByteSource) {
    this.#inner = inner;
    this.#current = inner;
  }

  get name(): string {
    return this.#inner.name;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  async state(): Promise<FileState> {
    const state = await this.#inner.state();
    const packing = packingOf(this.name, await readBlock(this.#inner, 0, Math.min(6, state.size)));
    if (packing === null) {
      this.#current = this.#inner;
      this.#problems = [];
      return state;
    }
    const identity = `${state.identity}:${state.size}:${state.modifiedMs}`;
    if (identity !== this.#packedState) {
      const unpacked = await unpack(this.#inner, state.size, packing);
      this.#current = new MemorySource(this.name, unpacked.bytes);
      this.#problems = unpacked.problems;
      this.#packedState = identity;
    }
    return { ...(await this.#current.state()), modifiedMs: state.modifiedMs, identity };
  }

  read(offset: number, into: Uint8Array): Promise<number> {
    return this.#current.read(offset, into);
  }

  async close(): Promise<void> {
    this.#current = this.#inner;
    this.#packedState = '';
    await this.#inner.close();
  }
}

const begins = (bytes: Uint8Array, ...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/** @throws Refusal for a packing that is not unpacked here. */
function packingOf(name: string, bytes: Uint8Array): Packing | null {
  if (begins(bytes, 0x1f, 0x8b, 8)) return 'gzip';
  // Its first frame may be one for another program (0x184D2A50 to …5F).
  const isPassedOver = ((bytes[0] ?? 0) & 0xf0) === 0x50 && begins(bytes.subarray(1), 0x2a, 0x4d, 0x18);
  if (begins(bytes, 0x28, 0xb5, 0x2f, 0xfd) || isPassedOver) return 'zstd';
  const other = begins(bytes, 0xfd, 0x37, 0x7a, 0x58, 0x5a)
    ? ['xz', 'xz -dk']
    : begins(bytes, 0x42, 0x5a, 0x68) && begins(bytes.subarray(4), 0x31, 0x41)
      ? ['bzip2', 'bzip2 -dk']
      : null;
  if (other === null) return null;
  throw new Refusal(
    'packed',
    `${name} is compressed with ${other[0]}, which is not unpacked here; run \`${other[1]} ${name}\` and open the result.`,
  );
}

/** Collects what comes out, and ends what never would. */
class Collector {
  readonly #name: string;
  readonly #parts: Uint8Array[] = [];
  packed = 0;
  #length = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > harmlessBytes && this.#length > mostGrowth * this.packed) {
      throw new Refusal(
        'grows-too-much',
        `${this.#name} grows more than ${mostGrowth}-fold when it is unpacked, which no training log does; it was not read. If it is one, unpack it yourself and open the result.`,
      );
    }
    if (this.#length > mostBytes) {
      throw new Refusal(
        'too-large',
        `${this.#name} has more than ${mostBytes / 1024 / 1024} MB when it is unpacked; unpack it yourself and open the result.`,
      );
    }
    this.#parts.push(part.slice());
  }

  joined(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

async function unpack(
  source: ByteSource,
  size: number,
  packing: Packing,
): Promise<{ bytes: Uint8Array; problems: readonly Problem[] }> {
  const collector = new Collector(source.name);
  try {
    const isSound = await (packing === 'gzip' ? gunzip(source, size, collector) : unzstd(source, size, collector));
    return { bytes: collector.joined(), problems: isSound ? [] : [altered(source.name)] };
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    return { bytes: collector.joined(), problems: [damaged(source.name, packing)] };
  }
}

const altered = (name: string): Problem => ({
  code: 'wrong-checksum',
  message: `What was unpacked of ${name} does not fit its checksum: some of it is not what was logged. Copy or pack it again.`,
  byte: 0,
  count: 1,
});

const damaged = (name: string, packing: Packing): Problem => ({
  code: 'torn-record',
  message: `The ${packing} data of ${name} is damaged; what stands before the damage was read. If it was copied while it was written, copy it again.`,
  byte: 0,
  count: 1,
});

/** @returns true: zlib checks what it unpacks, and throws. */
async function gunzip(source: ByteSource, size: number, collector: Collector): Promise<boolean> {
  const [{ Readable }, { constants, createGunzip }] = await Promise.all([import('node:stream'), import('node:zlib')]);
  // A log packed while it grows has no end yet: what is there is given out all the same.
  const stream = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const input = Readable.from(packedBlocks(source, size, blockBytes, collector));
  input.on('error', (error) => stream.destroy(error));
  for await (const part of input.pipe(stream)) {
    if (part instanceof Uint8Array) collector.add(part);
  }
  return true;
}

/** @returns whether each frame has the checksum that stands behind it; fzstd unpacks and does not look. */
async function unzstd(source: ByteSource, size: number, collector: Collector): Promise<boolean> {
  const { Decompress } = await import('./zstdStream.ts');
  const frames = new ZstdFrames();
  let sum = new Xxh64();
  const open = () =>
    new Decompress((part) => {
      collector.add(part);
      sum.add(part);
    });
  let stream = open();
  let isSound = true;
  for await (const piece of packedBlocks(source, size, zstdPieceBytes, collector)) {
    for (const { bytes, end } of frames.split(piece)) {
      stream.push(bytes, end !== null);
      if (end === null) continue;
      isSound &&= end.checksum === null || Number(sum.digest() & 0xffffffffn) === end.checksum;
      sum = new Xxh64();
      stream = open();
    }
  }
  return isSound;
}

async function* packedBlocks(source: ByteSource, size: number, length: number, collector: Collector) {
  for (let offset = 0; offset < size; offset += length) {
    const block = await readBlock(source, offset, Math.min(length, size - offset));
    collector.packed += block.length;
    yield block;
  }
}
