import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemorySource } from '../../src/engine/memorySource.ts';
import type { ByteSource } from '../../src/engine/ports.ts';
import { readAhead } from '../../src/engine/readAhead.ts';

const bytes = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 7) % 251);

test('blocks are the bytes from the offset to the end, whatever a read gives at once', async () => {
  const memory = new MemorySource('log', bytes);
  const stingy: ByteSource = {
    name: 'log',
    state: () => memory.state(),
    read: (offset, into) => memory.read(offset, into.subarray(0, Math.max(1, into.length - 700_000))),
    close: () => memory.close(),
  };
  for (const source of [memory, stingy]) {
    const parts: Uint8Array[] = [];
    for await (const block of readAhead(source, 10, bytes.length)) parts.push(block.slice());
    assert.deepEqual(Buffer.concat(parts), Buffer.from(bytes.subarray(10)));
  }
});

test('a source that has less than was said ends sooner, and an empty one at once', async () => {
  const short = new MemorySource('log', bytes.subarray(0, 100));
  let length = 0;
  for await (const block of readAhead(short, 0, 500)) length += block.length;
  assert.equal(length, 100);
  for await (const _ of readAhead(short, 100, 100)) assert.fail('there is no block');
});

test('a read that fails is told when its block is asked for, and a caller that stops leaves none behind', async () => {
  let open = 0;
  const failing: ByteSource = {
    ...new MemorySource('log', bytes),
    name: 'log',
    state: () => Promise.resolve({ size: bytes.length, modifiedMs: 0, identity: 'log' }),
    async read(offset, into) {
      open += 1;
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      if (offset > 0) throw new Error('the disk is gone');
      return into.length;
    },
    close: () => Promise.resolve(),
  };
  const read = async (): Promise<number> => {
    let blocks = 0;
    for await (const _ of readAhead(failing, 0, bytes.length)) blocks += 1;
    return blocks;
  };
  await assert.rejects(read, /the disk is gone/);
  for await (const _ of readAhead(failing, 0, bytes.length)) break;
  assert.equal(open, 0);
});
