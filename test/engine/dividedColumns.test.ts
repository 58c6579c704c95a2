import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildRuns } from '../../src/core/runs/buildRuns.ts';
import { ColdParts } from '../../src/core/runs/coldParts.ts';
import { ColdSums } from '../../src/core/runs/coldSums.ts';
import { GrowingRuns } from '../../src/core/runs/growingRuns.ts';
import { Table } from '../../src/core/runs/table.ts';
import { inspectRun } from '../../src/engine/inspectRuns.ts';

type Record = Readonly<{ [name: string]: number }>;

const isCold = (name: string): boolean => name.startsWith('layer');
const always = { leastCells: 0, mostGrowth: Number.POSITIVE_INFINITY };

function append(table: Table, records: readonly Record[]): void {
  for (const record of records) {
    table.beginRow(table.rowCount + 1);
    for (const [name, value] of Object.entries(record)) table.number(table.column(name), value);
    table.endRow();
  }
}

/** As a second reading of the log would, in blocks. */
function divide(table: Table, records: readonly Record[], runs: GrowingRuns, block: number): void {
  if (!runs.needsMore || runs.parts === null) return;
  table.cool();
  const parts = new ColdParts(runs.parts, table.rowCount);
  const sums = new ColdSums(table, parts);
  const again = new Table(() => true);
  for (let from = 0; from < records.length; from += block) {
    append(
      again,
      records
        .slice(from, from + block)
        .map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => isCold(name))))
        .filter((record) => Object.keys(record).length > 0),
    );
    sums.take(again, false);
    again.cool();
  }
  sums.take(again, true);
  const found = sums.of(again);
  assert.ok(found !== null);
  table.divide(parts, found);
}

const round = fc.record({
  event: fc.constantFrom('none', 'none', 'none', 'back', 'far back', 'start', 'told', 'stutter'),
  rows: fc.array(fc.constantFrom('full', 'full', 'full', 'few', 'nan', 'evaluation', 'skip'), { maxLength: 8 }),
});

test('cold columns summed up by runs are listed as if all of their values were kept', () => {
  let [told, divided] = [0, 0];
  fc.assert(
    fc.property(
      fc.array(round, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(6, 40),
      fc.constantFrom(1, 3, 1000),
      (rounds, beginning, block) => {
        const [all, some] = [new Table(), new Table(isCold)];
        const records: Record[] = [];
        const growing = new GrowingRuns(some, {}, always);
        let at = 0;
        for (const { event, rows } of [{ event: 'none', rows: new Array(beginning).fill('full') }, ...rounds]) {
          if (event === 'back') at = Math.max(0, at - 2);
          if (event === 'far back') at = Math.floor(at / 2);
          if (event === 'start') at = 0;
          if (event === 'stutter') at -= 1;
          if (event === 'told') for (const table of [all, some]) table.startRun(`run of ${table.rowCount}`);
          const came = rows.map((kind: string): Record => {
            at += kind === 'skip' ? 3 : 1;
            const seen = records.length + at;
            const few = { step: at, loss: 1 + Math.cos(seen), 'layer_0/norm': Math.sin(seen) };
            const evaluation = { step: at, eval_accuracy: 1 / (1 + at), 'layer_2/eval': Math.sin(3 * seen) };
            if (kind === 'evaluation') return evaluation;
            if (kind === 'nan') return { ...few, 'layer_0/norm': Number.NaN, 'layer_1/norm': seen };
            return kind === 'few' ? few : { ...few, 'layer_1/norm': Math.sin(2 * seen) };
          });
          records.push(...came);
          append(all, came);
          append(some, came);
          some.cool();
          growing.now();
          if (growing.needsMore) {
            divide(some, records, growing, block);
            growing.now();
            divided += 1;
          }
          const runs = growing.now();
          const whole = buildRuns(all, {});
          if (growing.needsMore) continue;
          told += 1;
          assert.deepEqual(runs.map(inspectRun), whole.map(inspectRun));
          assert.deepEqual(
            runs.map(({ problems }) => problems),
            whole.map(({ problems }) => problems),
          );
        }
      },
    ),
    { numRuns: 600, seed: 12 },
  );

  assert.ok(told > 2000 && divided > 300, `${told} listed, ${divided} divided`);
});
