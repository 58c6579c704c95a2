import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { IsWanted } from '../../../src/core/formats/format.ts';
import { jsonl } from '../../../src/core/formats/jsonl.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { splitAt } from '../../support/splitAt.ts';
import { jsonLog as log, names } from './jsonLogs.ts';
import { cellsOf, sampleOf } from './readText.ts';

function read(texts: readonly string[], isWanted?: IsWanted, cuts?: readonly number[]): Table {
  const table = new Table();
  for (const text of texts) {
    const parser = jsonl.open(table, sampleOf(text), isWanted);
    const bytes = new TextEncoder().encode(text);
    for (const piece of cuts === undefined ? [bytes] : splitAt(bytes, cuts)) parser.feed(piece);
    parser.finish();
  }
  return table;
}

const problemsOf = (table: Table): readonly (readonly [string, number])[] =>
  table.problems.map(({ code, count }) => [code, count]);

test('lines that are predicted from those before are read as each would be alone, wherever the log is cut', () => {
  fc.assert(
    fc.property(log, fc.array(fc.nat(4000), { maxLength: 6 }), (lines, cuts) => {
      // A parser that has seen no line before has nothing to predict by.
      const alone = read(lines);
      const together = read([lines.join('')], undefined, cuts);
      assert.deepEqual(cellsOf(together), cellsOf(alone));
      assert.deepEqual(problemsOf(together), problemsOf(alone));
      assert.equal(together.rowCount, alone.rowCount);
    }),
    { numRuns: 1500, seed: 21 },
  );
});

test('columns that are wanted have the cells that reading all columns gives them, and no name stays unseen', () => {
  fc.assert(
    fc.property(
      log,
      fc.array(fc.nat(4000), { maxLength: 6 }),
      fc.subarray([...names, 'eval/loss']),
      (lines, cuts, some) => {
        const wanted = new Set(some.map((name) => name.replaceAll('\\"', '"').replace('\\u0061', 'a')));
        const all = read([lines.join('')]);
        const seen = new Set<string>();
        const isWanted: IsWanted = (name) => {
          seen.add(name);
          return wanted.has(name);
        };
        const table = read([lines.join('')], isWanted, cuts);
        const isKept = ({ name }: { name: string }): boolean => wanted.has(name);
        assert.deepEqual(cellsOf(table), cellsOf(all).filter(isKept));
        assert.deepEqual(problemsOf(table), problemsOf(all));
        assert.equal(table.rowCount, all.rowCount);
        for (const { name } of all.columns) assert.ok(seen.has(name), name);
      },
    ),
    { numRuns: 1500, seed: 22 },
  );
});

test('a record that breaks off before its first key is torn once, wherever the log is cut', () => {
  const text = '{"step": 7}{9\n{"step": 8}\n';
  const whole = read([text]);
  assert.deepEqual(problemsOf(whole), [['torn-record', 1]]);
  for (let cut = 0; cut <= text.length; cut++) {
    const table = read([text], undefined, [cut]);
    assert.deepEqual(problemsOf(table), problemsOf(whole));
    assert.deepEqual(cellsOf(table), cellsOf(whole));
  }
});
