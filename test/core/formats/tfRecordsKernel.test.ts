import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { behindSound } from '../../../src/core/formats/binary/soundRecords.ts';
import { TfRecords } from '../../../src/core/formats/binary/tfRecords.ts';
import { kernelOfThread } from '../../../src/core/formats/simd/kernel.ts';
import { assertSame } from '../../support/assertSame.ts';
import { tfRecord } from '../../support/encodeEvents.ts';
import { joinBytes } from '../../support/encodeProtobuf.ts';
import { inLanes } from './inLanes.ts';

/** Blocks of fewer bytes are read without the kernel. */
const smallBlock = 10_000;
const enough = 60_000;

function* copies(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** What a visitor is told of a file that comes in these blocks. */
function toldOf(blocks: Iterable<Uint8Array>): readonly (readonly [what: string, at: number, length: number])[] {
  const told: [string, number, number][] = [];
  const records = new TfRecords();
  const visitor = {
    record: (bytes: Uint8Array, from: number, to: number, at: number) => {
      told.push([Buffer.from(bytes.subarray(from, to)).toString('latin1'), at, to - from]);
    },
    damage: (at: number, length: number) => {
      told.push(['damage', at, length]);
    },
  };
  for (const block of blocks) records.feed(block, visitor);
  records.finish(visitor);
  return told;
}

/** As often as it takes for the kernel to be asked. */
const repeated = (bytes: Uint8Array): Uint8Array =>
  joinBytes(...Array.from({ length: Math.ceil(enough / Math.max(1, bytes.length)) }, () => bytes));

const payload = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.uint8Array({ minLength: 44, maxLength: 44 }),
  fc.nat(3000).map((length) => new Uint8Array(length).fill(7)),
);

test('records are the same whether the kernel looks at their checksums or not, sound and damaged ones', () => {
  assert.notEqual(kernelOfThread(), null);
  const hurt = fc.option(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean()), { freq: 2 });
  fc.assert(
    fc.property(fc.array(payload, { minLength: 1, maxLength: 30 }), hurt, (payloads, harm) => {
      const bytes = repeated(joinBytes(...payloads.map(tfRecord)));
      const place = harm === null ? 0 : harm[0] % bytes.length;
      if (harm !== null) bytes[place] = (bytes[place] ?? 0) ^ harm[1];
      // Some bytes are missing too.
      const file = harm?.[2] === true ? joinBytes(bytes.slice(0, place), bytes.slice(place + 5)) : bytes;
      const plain = toldOf(copies(file, smallBlock));
      for (const blocks of [[file], copies(file, 20_000), inLanes(file, 1e9), inLanes(file, 20_001)]) {
        assertSame(toldOf(blocks), plain, `${payloads.length} records`);
      }
    }),
    { numRuns: 300, seed: 51, endOnFailure: true },
  );
});

test('of a sound file nothing is left to look at without the kernel', () => {
  const file = repeated(
    joinBytes(...[44, 51, 44, 0, 2000].map((length) => tfRecord(new Uint8Array(length).fill(length)))),
  );
  assert.equal(behindSound(file), file.length);
  file[file.length - 30] = 1;
  assert.equal(behindSound(file), file.length - 2016);
});

test('a record that goes over several blocks is read, and what stands behind it where it lies', () => {
  const long = tfRecord(new Uint8Array(100_000).fill(5));
  const file = joinBytes(...Array.from({ length: 5 }, () => [tfRecord(Uint8Array.of(1, 2)), long]).flat());
  for (const size of [20_000, 99_999, 100_034]) {
    assert.deepEqual(toldOf(inLanes(file, size)), toldOf(copies(file, 1000)));
    assert.equal(toldOf(inLanes(file, size)).length, 10);
  }
});
