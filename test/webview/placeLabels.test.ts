import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { placeLabels } from '../../webview/chart/placeLabels.ts';

const height = 38;

test('labels that do not touch stand where they wish to', () => {
  assert.deepEqual(placeLabels([10, 100, 200], height, 0, 400), [10, 100, 200]);
});

test('two that would touch are moved apart around their middle', () => {
  assert.deepEqual(placeLabels([100, 100], height, 0, 400), [81, 119]);
});

test('however they wish, labels stay in order, inside and apart while there is room', () => {
  const wishes = fc.array(fc.integer({ min: -100, max: 600 }), { maxLength: 8 });
  fc.assert(
    fc.property(wishes, (unsorted) => {
      const sorted = unsorted.toSorted((a, b) => a - b);
      const tops = placeLabels(sorted, height, 0, 400);
      assert.equal(tops.length, sorted.length);
      tops.forEach((top, i) => {
        assert.ok(top >= -1e-9 && top + height <= 400 + 1e-9, `${top} is outside`);
        assert.ok(i === 0 || top - (tops[i - 1] ?? 0) >= height - 1e-9, `${top} touches ${tops[i - 1]}`);
      });
    }),
  );
});
