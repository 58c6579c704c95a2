import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GrowingRows } from '../../../src/core/runs/growingRows.ts';

test('rows are what was pushed, with and without gaps, also after some were taken back', () => {
  const change = fc.oneof(
    { weight: 40, arbitrary: fc.record({ step: fc.constantFrom(1, 1, 1, 1, 2, 7) }) },
    { weight: 1, arbitrary: fc.record({ cutTo: fc.nat(200) }) },
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
      const rows = new GrowingRows();
      const expected: number[] = [];
      for (const one of changes) {
        if ('step' in one) {
          const row = (expected.at(-1) ?? -1) + one.step;
          expected.push(row);
          rows.push(row);
        } else {
          expected.splice(one.cutTo);
          rows.cut(one.cutTo);
        }
        assert.equal(rows.last, expected.at(-1) ?? -1);
        assert.equal(rows.length, expected.length);
        assert.deepEqual([...rows.view()], expected);
        assert.deepEqual(
          expected.map((_, i) => rows.at(i)),
          expected,
        );
      }
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('rows are equal when all of them are, however they came about', () => {
  const gaps = fc.array(fc.constantFrom(1, 1, 1, 1, 1, 2), { maxLength: 120 });
  const rowsOf = (steps: readonly number[]): GrowingRows => {
    const rows = new GrowingRows();
    let row = -1;
    for (const step of steps) {
      row += step;
      rows.push(row);
    }
    return rows;
  };
  fc.assert(
    fc.property(gaps, gaps, fc.boolean(), (some, others, isOne) => {
      const [a, b] = [rowsOf(some), rowsOf(isOne ? some : others)];
      const isSame = JSON.stringify([...a.view()]) === JSON.stringify([...b.view()]);
      assert.equal(a.equals(b), isSame);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('rows mark their places from any row on', () => {
  const gaps = fc.array(fc.constantFrom(1, 1, 1, 1, 1, 2, 5), { maxLength: 120 });
  fc.assert(
    fc.property(gaps, fc.nat(150), (steps, first) => {
      const rows = new GrowingRows();
      const expected: number[] = new Array(800).fill(0);
      let row = -1;
      for (const step of steps) {
        row += step;
        rows.push(row);
        if (row >= first) expected[row - first] = 1;
      }
      const isMarked = new Uint8Array(800);
      rows.mark(first, isMarked);
      assert.deepEqual([...isMarked], expected);
    }),
    { numRuns: 300, seed: 4 },
  );
});
