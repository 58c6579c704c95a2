import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GrowingPlaces } from '../../../src/core/runs/growingPlaces.ts';

/** Mostly the next line, as in a log; at times one further on, the same once more, or one before. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 9 }) },
);
const steps = fc.oneof(
  fc.array(step, { maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { maxLength: 200 }),
);
const change = fc.oneof(
  steps.map((by) => ({ kind: 'set' as const, by })),
  steps.map((by) => ({ kind: 'append' as const, by })),
  fc.nat(400).map((length) => ({ kind: 'cut' as const, length })),
);

test('places are those that were put there, however they were put and cut', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const places = new GrowingPlaces();
      const kept: number[] = [];
      for (const one of changes) {
        if (one.kind === 'cut') {
          places.cut(one.length);
          kept.length = Math.min(kept.length, one.length);
          continue;
        }
        let last = kept.at(-1) ?? 0;
        const more = one.by.map((by) => {
          last += by;
          return last;
        });
        if (one.kind === 'append') places.append(Float64Array.from([...more, 0]), more.length);
        else for (const [i, place] of more.entries()) places.set(kept.length + i, place);
        kept.push(...more);
        // The last one may be put anew.
        if (one.kind === 'set' && kept.length > 0) {
          kept[kept.length - 1] = last + 3;
          places.set(kept.length - 1, last + 3);
        }
      }
      assert.deepEqual(
        kept.map((_, i) => places.at(i)),
        kept,
      );
      assert.equal(places.at(kept.length), 0);
      assert.equal(places.at(-1), 0);
    }),
    { numRuns: 500, seed: 9 },
  );
});
