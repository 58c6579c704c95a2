import assert from 'node:assert/strict';
import test from 'node:test';
import zlib, { gzipSync } from 'node:zlib';
import { tfevents } from '../../src/core/formats/tfevents.ts';
import { Refusal } from '../../src/core/problem.ts';
import { MemorySource } from '../../src/engine/memorySource.ts';
import { OpenLog } from '../../src/engine/openLog.ts';
import { UnpackedSource } from '../../src/engine/unpackedSource.ts';
import { Xxh64 } from '../../src/engine/xxh64.ts';
import { event, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes, utf8 } from '../support/encodeProtobuf.ts';
import { rawZstd, repeatedZstd } from '../support/encodeZstd.ts';
import { splitAt } from '../support/splitAt.ts';

const text = utf8(Array.from({ length: 5000 }, (_, i) => `${i},${Math.sin(i)}\n`).join(''));

async function unpacked(bytes: Uint8Array): Promise<{ readonly bytes: Uint8Array; readonly codes: readonly string[] }> {
  const source = new UnpackedSource(new MemorySource('run.log', bytes));
  const { size } = await source.state();
  const into = new Uint8Array(size);
  assert.equal(await source.read(0, into), size);
  return { bytes: into, codes: source.problems.map(({ code }) => code) };
}

test('what is not packed passes through, an empty log as well', async () => {
  assert.deepEqual(await unpacked(text), { bytes: text, codes: [] });
  assert.deepEqual(await unpacked(new Uint8Array(0)), { bytes: new Uint8Array(0), codes: [] });
});

test('gzip in one member or several, and zstd in one frame or several, give what was packed', async () => {
  const half = text.length >> 1;
  const parts = [text.slice(0, half), text.slice(half)] as const;
  assert.deepEqual(await unpacked(gzipSync(text)), { bytes: text, codes: [] });
  assert.deepEqual(await unpacked(joinBytes(gzipSync(parts[0]), gzipSync(parts[1]))), { bytes: text, codes: [] });
  assert.deepEqual(await unpacked(rawZstd(text)), { bytes: text, codes: [] });
  assert.deepEqual(await unpacked(joinBytes(rawZstd(parts[0]), rawZstd(parts[1]))), { bytes: text, codes: [] });
});

test('a packed log that is cut gives its beginning without a problem', async () => {
  for (const packed of [gzipSync(text), rawZstd(text)]) {
    const { bytes, codes } = await unpacked(packed.slice(0, Math.floor(packed.length * 0.7)));
    assert.ok(bytes.length > text.length / 3, `${bytes.length}`);
    assert.deepEqual(bytes, text.slice(0, bytes.length));
    assert.deepEqual(codes, []);
  }
});

test('a packed log that is damaged gives what stands before the damage, and says so', async () => {
  const packed = new Uint8Array(gzipSync(text));
  packed.fill(0xff, packed.length - 2000, packed.length - 1000);
  const { bytes, codes } = await unpacked(packed);
  assert.deepEqual(bytes.slice(0, 10_000), text.slice(0, 10_000));
  assert.deepEqual(codes, ['torn-record']);
});

/** XXH64 of the reference implementation (xxhsum -H64) of the first bytes of 0, 1, 2, …. */
const sums: readonly (readonly [length: number, sum: bigint])[] = [
  [0, 0xef46db3751d8e999n],
  [1, 0xe934a84adb052768n],
];

test('XXH64 is that of the reference, in any pieces', () => {
  for (const [length, sum] of sums) {
    const hash = new Xxh64();
    hash.add(Uint8Array.from({ length }, (_, i) => i));
    assert.equal(hash.digest(), sum);
  }
  for (let length = 0; length < 200; length += 7) {
    const bytes = text.slice(0, length);
    const whole = new Xxh64();
    whole.add(bytes);
    const pieces = new Xxh64();
    for (const piece of splitAt(bytes, [length / 3, length / 2].map(Math.floor))) pieces.add(piece);
    assert.equal(pieces.digest(), whole.digest());
  }
});

/** Packed by Node's own zstd, which older ones lack, with a checksum behind each frame. */
const packer: unknown = Reflect.get(zlib, 'zstdCompressSync');
const checksumFlag = 201;
const packed = (bytes: Uint8Array): Uint8Array => {
  const found: unknown = typeof packer === 'function' ? packer(bytes, { params: { [checksumFlag]: 1 } }) : null;
  return found instanceof Uint8Array ? new Uint8Array(found) : new Uint8Array(0);
};

test('zstd frames with checksums are held to them, whatever stands between the frames', {
  skip: typeof packer === 'function' ? false : 'this Node has no zstd of its own to pack with',
}, async () => {
  const half = text.length >> 1;
  const passedOver = Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9);
  const frames = [text.slice(0, half), text.slice(half, half + 1), text.slice(half + 1)].map(packed);
  const whole = await unpacked(joinBytes(...frames.flatMap((frame) => [passedOver, frame])));
  assert.ok(Buffer.from(whole.bytes).equals(text));
  assert.deepEqual(whole.codes, []);
  for (const back of [1, 4]) {
    const wrong = packed(text);
    wrong[wrong.length - back] = (wrong[wrong.length - back] ?? 0) ^ 16;
    const found = await unpacked(wrong);
    assert.ok(Buffer.from(found.bytes).equals(text));
    assert.deepEqual(found.codes, ['wrong-checksum']);
  }
  const altered = packed(text).map((byte, i) => (i === 3000 ? byte ^ 1 : byte));
  assert.equal((await unpacked(altered)).codes.length, 1);
});

test('a file made to grow without end is refused with the ratio', async () => {
  const zeros = gzipSync(new Uint8Array(80 * 1024 * 1024));
  for (const bomb of [zeros, repeatedZstd(1000)]) {
    await assert.rejects(unpacked(bomb), (error) => error instanceof Refusal && /200-fold/.test(error.message));
  }
});

test('xz and bzip2 are named, with the command that unpacks them', async () => {
  await assert.rejects(unpacked(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)), /xz -dk run\.log/);
  await assert.rejects(unpacked(utf8('BZh91AY&SY')), /bzip2 -dk run\.log/);
});

test('a packed event file is read as the event file it was', async () => {
  const events = joinBytes(...[0, 1, 2].map((step) => event({ step, values: [simpleValue('loss', step)] })));
  const source = new UnpackedSource(new MemorySource('events.out.tfevents.1.gz', gzipSync(events)));
  const log = new OpenLog(source, [tfevents]);
  await log.refresh({ check() {}, progress() {} });
  assert.equal(log.formatId, 'tfevents');
  assert.equal(log.table?.rowCount, 3);
});
