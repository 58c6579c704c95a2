import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FolderState } from '../../src/core/folderState.ts';
import { MemoryFolders } from '../support/memoryFolders.ts';

/** Whether a folder is told to have changed by what is done to it. */
async function tells(
  files: Readonly<Record<string, number>>,
  change: (folders: MemoryFolders) => void,
): Promise<boolean> {
  const folders = new MemoryFolders(files);
  const state = new FolderState('/runs', folders);
  const before = await state.look();
  assert.equal(await state.look(), before);
  change(folders);
  const after = await state.look();
  assert.equal(await state.look(), after);
  return after !== before;
}

const run = { '/runs/0/a/metrics/loss': 10, '/runs/0/a/metrics/acc': 10, '/runs/notes.md': 5 };

test('a file that grows, however deep, changes its folder', async () => {
  assert.ok(await tells(run, (folders) => folders.write('/runs/0/a/metrics/loss', 20)));
});

test('so does a file that comes, a folder that comes with a file, and a file that goes', async () => {
  assert.ok(await tells(run, (folders) => folders.write('/runs/0/a/metrics/lr', 1)));
  assert.ok(await tells(run, (folders) => folders.write('/runs/1/b/metrics/loss', 1)));
  assert.ok(await tells(run, (folders) => folders.remove('/runs/0/a/metrics/acc')));
});

test('a file that came and grows after it does too', async () => {
  const folders = new MemoryFolders(run);
  const state = new FolderState('/runs', folders);
  await state.look();
  folders.write('/runs/1/b/metrics/loss', 1);
  const before = await state.look();
  folders.write('/runs/1/b/metrics/loss', 2);
  assert.notEqual(await state.look(), before);
});

test('what is beside the folder changes nothing', async () => {
  assert.ok(!(await tells(run, (folders) => folders.write('/other/loss', 20))));
});

test('a look at a folder of thousands of files that rest asks for few of them', async () => {
  const dumps = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`/runs/${i}.jsonl`, 100]));
  const folders = new MemoryFolders(dumps);
  const state = new FolderState('/runs', folders);
  await state.look();
  const first = folders.asked;
  await state.look();
  assert.ok(folders.asked - first < 50, `asked ${folders.asked - first} times`);
});

test('a folder that is not there has nothing, until it comes', async () => {
  assert.ok(await tells({ '/else/x': 1 }, (folders) => folders.write('/runs/loss', 1)));
});
