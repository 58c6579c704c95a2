import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainlySearchable, searchable } from '../../../../src/core/formats/bytes/searchable.ts';

const few = fc.uint8Array({ max: 2, maxLength: 40 });

test('what the runtime finds is what a loop finds, also in a part of larger bytes', () => {
  fc.assert(
    fc.property(
      few,
      few,
      few,
      fc.uint8Array({ max: 2, minLength: 1, maxLength: 3 }),
      fc.nat(40),
      (a, b, c, what, from) => {
        const all = Uint8Array.from([...a, ...b, ...c]);
        const part = all.subarray(a.length, a.length + b.length);
        const start = Math.min(from, b.length);
        const expected = Buffer.from(b).toString('latin1').indexOf(Buffer.from(what).toString('latin1'), start);
        for (const view of [searchable(part), plainlySearchable(part)]) {
          assert.equal(view.indexOf(what, start), expected);
          assert.equal(view.indexOf(what[0] ?? 0, start), [...b].indexOf(what[0] ?? 0, start));
        }
      },
    ),
    { numRuns: 2000, seed: 6 },
  );
});
