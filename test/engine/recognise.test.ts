import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Recognition, Sample } from '../../src/core/formats/format.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { MemorySource } from '../../src/engine/memorySource.ts';
import type { ByteSource } from '../../src/engine/ports.ts';
import { readSample } from '../../src/engine/readSample.ts';
import { recognise } from '../../src/engine/recognise.ts';
import { seeds } from '../fuzz/seeds.ts';

/** What each format says when all are asked, and that none is surer than it says that it may be. */
function allOf(sample: Sample, name: string): readonly (Recognition | null)[] {
  return formats.map((format) => {
    const found = format.sniff(sample);
    assert.ok(
      found === null || found.confidence <= format.mostConfidence,
      `${format.title} is ${found?.confidence} sure of ${name}, more than ${format.mostConfidence}`,
    );
    return found;
  });
}

async function holdsOf(source: ByteSource): Promise<void> {
  const { size } = await source.state();
  const { sample } = await readSample(source, size);
  const all = allOf(sample, source.name);
  const most = Math.max(0, ...all.map((found) => found?.confidence ?? 0));
  const first = most === 0 ? null : formats[all.findIndex((found) => found?.confidence === most)];
  assert.equal(recognise(sample, formats).format?.title, first?.title, source.name);
}

test('the surest format takes a log, of two the first in the table, though not all are asked', async () => {
  for (const { bytes, path } of seeds) await holdsOf(new MemorySource(path, bytes));
});

const collection = '../shared/logs';
test('and so it is with real logs', {
  skip: existsSync(collection) ? false : `${collection} is not there`,
}, async () => {
  const paths = readdirSync(collection, { recursive: true, encoding: 'utf8' }).map((name) => join(collection, name));
  for (const path of paths.filter((one) => statSync(one).isFile())) {
    const source = new FileSource(path);
    await holdsOf(source);
    await source.close();
  }
});
