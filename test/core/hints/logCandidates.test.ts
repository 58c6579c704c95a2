import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { logCandidates } from '../../../src/core/hints/logCandidates.ts';

/** An interpolation of OmegaConf. */
function filledIn(name: string): string {
  return `\${${name}}`;
}

function paths(
  outputPaths: readonly string[],
  launch: readonly string[] = ['/w'],
  folder = '/w/configs/sft',
): string[] {
  return logCandidates(folder, outputPaths, launch).map(({ path }) => path);
}

test('a path that the config names is tried from its folder, the launch folder and those above', () => {
  assert.deepEqual(paths(['out'], ['/w', '/launch']).slice(0, 5), [
    '/w/configs/sft/out',
    '/w/out',
    '/launch/out',
    '/w/configs/out',
    '/w/configs/sft',
  ]);
});

test('above the config, as far as the launch folder, lie files and log folders', () => {
  const found = logCandidates('/x/w/configs/sft', [], ['/x/w']).slice(1);
  assert.deepEqual(
    found.filter(({ depth }) => depth === 0).map(({ path }) => path),
    ['/x/w/configs', '/x/w'],
  );
  assert.ok(found.some(({ path, depth }) => path === '/x/w/lightning_logs' && depth > 0));
  assert.ok(!found.some(({ path }) => path.startsWith('/x/runs')));
});

test('without a launch folder that holds the config only log folders count above it', () => {
  const found = logCandidates('/home/me/configs', [], ['/home/other']);
  assert.ok(found.some(({ path }) => path === '/home/me/runs'));
  assert.ok(!found.some(({ path }) => path === '/home/me'));
});

test('a config that writes to its own folder has its log there or nowhere', () => {
  assert.deepEqual(paths(['runs/detect/train2'], ['/w'], '/w/runs/detect/train2').at(-1), '/w/runs/detect/train2');
});

test('the config that Hydra keeps of a run belongs to the folder of the run', () => {
  assert.ok(paths([], [], '/w/outputs/2026-03-01/.hydra').includes('/w/outputs/2026-03-01'));
});

test('an absolute path is tried as it is, then by its last parts', () => {
  const found = paths(['/scratch/me/runs/a']);
  assert.equal(found[0], '/scratch/me/runs/a');
  assert.ok(found.includes('/w/runs/a'));
  assert.ok(found.includes('/w/configs/sft/a'));
});

test('a copied run folder is found by the last part of its name', () => {
  assert.ok(paths(['saves/qwen/lora/sft']).includes('/w/sft'));
});

test('the folder of a config that writes where it stands is looked at once', () => {
  assert.deepEqual(paths(['.', './'], [], '/w/run'), ['/w/run']);
});

test('of a path with an interpolation only what follows it is known', () => {
  assert.ok(paths([`${filledIn('oc.env:ROOT')}/runs/a`]).includes('/w/runs/a'));
  assert.deepEqual(paths([filledIn('output')], [], '/w'), ['/w']);
});

test('Windows paths are read with either slash', () => {
  assert.equal(paths(['D:\\runs\\a'], [], 'C:/w')[0], 'D:/runs/a');
});

test('addresses of other machines are no places', () => {
  assert.deepEqual(paths(['s3://bucket/run', 'gs://bucket/run'], [], '/w'), ['/w']);
});

test('whatever a config names, every place is absolute, tidy and named once', () => {
  const part = fc.oneof(fc.constantFrom('.', '..', '', 'a', 'b c', filledIn('x'), '~', 'C:'), fc.string());
  const path = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(path, { maxLength: 4 }), (outputPaths) => {
      const found = paths(outputPaths);
      assert.equal(new Set(found).size, found.length);
      for (const place of found) assert.match(place, /^(\/|[a-z]:)/i);
      for (const place of found) assert.doesNotMatch(place, /(^|\/)\.{1,2}(\/|$)|\/\/|.\/$/);
    }),
  );
});
