import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLogs } from '../../../src/core/hints/findLogs.ts';
import { MemoryFolders } from '../../support/memoryFolders.ts';

const foldersOf = (files: Readonly<Record<string, number>>, links: readonly string[] = []) =>
  new MemoryFolders(files, links);
const at = (path: string, depth = 4) => ({ path, depth });

test('files that look like logs are found below a folder, likeliest first, as far down as was asked', async () => {
  const folders = foldersOf({
    '/run/notes.md': 10,
    '/run/train.log': 10,
    '/run/out/trainer_state.json': 10,
    '/run/out/deep/er/metrics.csv': 10,
  });
  assert.deepEqual(await findLogs(at('/run'), folders), [
    '/run/out/trainer_state.json',
    '/run/out/deep/er/metrics.csv',
    '/run/train.log',
  ]);
  assert.deepEqual(await findLogs(at('/run', 1), folders), ['/run/out/trainer_state.json', '/run/train.log']);
});

test('a place that is a file is the one answer, whatever its name; one that is not there has none', async () => {
  const folders = foldersOf({ '/run/notes.md': 10 });
  assert.deepEqual(await findLogs(at('/run/notes.md'), folders), ['/run/notes.md']);
  assert.deepEqual(await findLogs(at('/nowhere'), folders), []);
});

test('empty files, links that lead nowhere and closed folders are passed over', async () => {
  const folders = foldersOf({ '/run/a.log': 0, '/run/node_modules/b.log': 5, '/run/c.log': 5 }, ['/run/d.log']);
  assert.deepEqual(await findLogs(at('/run'), folders), ['/run/c.log']);
});

test('what lies near is found before a search among too many files ends', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`/run/a/part-${i}.bin`, 1]));
  const folders = foldersOf({ ...many, '/run/a/b/far.log': 1, '/run/z/near.log': 1, '/run/train.log': 1 });
  assert.deepEqual(await findLogs(at('/run'), folders), ['/run/train.log']);
});
