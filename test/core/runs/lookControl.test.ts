import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cancelled, type Control } from '../../../src/core/control.ts';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { GrowingRuns } from '../../../src/core/runs/growingRuns.ts';
import { Table } from '../../../src/core/runs/table.ts';

function resumedTable(rows: number): Table {
  const table = new Table();
  for (let row = 1; row <= rows; row++) {
    const step = row < rows / 2 ? row : row - Math.floor(rows / 4);
    table.beginRow(row);
    for (const name of ['step', 'loss', 'accuracy', 'lr']) {
      table.number(table.column(name), name === 'step' ? step : 1 / (step + name.length));
    }
    table.endRow();
  }
  return table;
}

class Watched implements Control {
  readonly #mostChecks: number;
  checks = 0;
  readonly fractions: number[] = [];
  readonly notes = new Set<string>();

  constructor(mostChecks = Number.POSITIVE_INFINITY) {
    this.#mostChecks = mostChecks;
  }

  check(): void {
    this.checks += 1;
    if (this.checks > this.#mostChecks) throw new Cancelled();
  }

  progress(fraction: number, note: string): void {
    this.fractions.push(fraction);
    this.notes.add(note);
  }
}

test('a look at a large table says how far it is', () => {
  const watched = new Watched();
  new GrowingRuns(resumedTable(40_000), {}).now(watched);
  assert.deepEqual([...watched.notes], ['sorting 40,000 rows into runs']);
  assert.ok(watched.fractions.length >= 3);
  assert.ok(watched.fractions.every((one, i) => one >= (watched.fractions[i - 1] ?? 0) && one <= 1));
});

test('of a small table there is nothing to say', () => {
  const watched = new Watched();
  new GrowingRuns(resumedTable(400), {}).now(watched);
  assert.deepEqual(watched.fractions, []);
  assert.ok(watched.checks > 0);
});

test('a look is cancelled wherever it asks, and the next one is as if there had been none', () => {
  const table = resumedTable(400);
  const fresh = buildRuns(table, {});
  const whole = new Watched();
  new GrowingRuns(table, {}).now(whole);
  const growing = new GrowingRuns(table, {});
  for (let most = 0; most < whole.checks; most++) {
    assert.throws(() => growing.now(new Watched(most)), Cancelled);
    assert.equal(growing.needsMore, false);
  }
  assert.deepEqual(growing.now(), fresh);
});
