import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SqliteFile } from '../../../src/core/formats/binary/sqliteFile.ts';
import { mlflowSqlite } from '../../../src/core/formats/mlflowSqlite.ts';
import { otherBinary } from '../../../src/core/formats/otherBinary.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { encodeSqlite, type Stored } from '../../support/encodeSqlite.ts';
import { checkExpectedFigures } from '../../support/expectedFigures.ts';
import { contentOf, type ReadColumn, readTable, sampleOf } from '../../support/readTable.ts';

const metricsSql =
  'CREATE TABLE metrics (\n key VARCHAR(250) NOT NULL, value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32), step BIGINT DEFAULT 0, is_nan BOOLEAN, CONSTRAINT pk PRIMARY KEY (key, timestamp))';
const runsSql = 'CREATE TABLE "runs" (run_uuid VARCHAR(32), name VARCHAR(250), start_time BIGINT)';

const metric = (run: string, key: string, step: number, value: number, notFinite = 0): readonly Stored[] => [
  key,
  value,
  1_700_000_000_000 + step,
  run,
  step,
  notFinite,
];

const store = (metrics: readonly (readonly Stored[])[], runs: readonly (readonly Stored[])[]) =>
  encodeSqlite([
    { name: 'metrics', sql: metricsSql, rows: metrics },
    { name: 'runs', sql: runsSql, rows: runs },
    { name: 'latest_metrics', sql: 'CREATE TABLE latest_metrics (key TEXT)', rows: [] },
  ]);

const bytes = store(
  [
    metric('b', 'loss', 20, 0.5),
    metric('a', 'loss', 10, 4.5),
    metric('b', 'loss', 10, 1.5),
    metric('b', 'eval/acc', 10, 0.25),
    metric('a', 'loss', 20, 0, 1),
    metric('c', 'score', 0, 0.75),
  ],
  [
    ['b', 'late', 300],
    ['a', 'early', 100],
    ['c', 'evaluation', 500],
  ],
);

const points = (table: Table, name: string) => {
  const column = table.find(name);
  return Array.from({ length: column?.rows.length ?? 0 }, (_, i) => [column?.rows.at(i), column?.values.at(i)]);
};

test('metrics become rows by run and step; the newest run with a curve stands last', () => {
  const table = readTable(mlflowSqlite, [bytes]);
  assert.deepEqual(
    table.segments.map(({ name, firstRow }) => [name, firstRow]),
    [
      ['evaluation', 0],
      ['early', 1],
      ['late', 3],
    ],
  );
  assert.deepEqual(points(table, 'loss'), [
    [1, 4.5],
    [2, Number.NaN],
    [3, 1.5],
    [4, 0.5],
  ]);
  assert.deepEqual(points(table, 'eval/acc'), [[3, 0.25]]);
});

test('a table over many pages and values longer than a page are read whole', () => {
  const rows = Array.from({ length: 50 }, (_, i): readonly Stored[] => [
    i,
    `${i} ${'x'.repeat((i * 37) % 3000)}`,
    i / 7,
  ]);
  const file = new SqliteFile(encodeSqlite([{ name: 't', sql: 'CREATE TABLE t (a, b, c)', rows }]));
  const read: (readonly Stored[])[] = [];
  const table = file.tables().get('t');
  assert.ok(table !== undefined);
  file.rows(table, (values) => read.push(values));
  assert.deepEqual(read, rows);
  assert.equal(file.brokenPages, 0);
});

test('columns are named as the statement declares them, whatever quotes and constraints stand there', () => {
  const sql =
    'CREATE TABLE "odd (name)" ("a, b" TEXT DEFAULT \'x, y)\', `c` INT, [d e] REAL CHECK (f > (1)), unique_key INT, UNIQUE (c), FOREIGN KEY(c) REFERENCES o (x))';
  const file = new SqliteFile(encodeSqlite([{ name: 't', sql: sql.replace('"odd (name)"', 't'), rows: [] }]));
  assert.deepEqual(file.tables().get('t')?.columns, ['a, b', 'c', 'd e', 'unique_key']);
});

test('a database cut or damaged anywhere gives what is whole, says so, and never throws or hangs', () => {
  const whole = readTable(mlflowSqlite, [bytes]).rowCount;
  for (let cut = 0; cut < bytes.length; cut += 97) {
    assert.ok(readTable(mlflowSqlite, [bytes.slice(0, cut)]).rowCount <= whole);
  }
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (damage) => {
      const broken = bytes.slice();
      for (const [at, value] of damage) broken[at] = value;
      mlflowSqlite.sniff(sampleOf(broken));
      readTable(mlflowSqlite, [broken]);
    }),
    { numRuns: 300, seed: 10 },
  );
});

test('a database that lost its pages says what is missing', () => {
  const table = readTable(mlflowSqlite, [bytes.slice(0, 1000)]);
  assert.deepEqual(
    table.problems.map(({ code }) => code),
    ['torn-record'],
  );
});

test('pieces give what one read gives, and reading on after an offer counts nothing twice', () => {
  const table = new Table();
  const parser = mlflowSqlite.open(table, sampleOf(bytes));
  for (let at = 0; at < bytes.length; at += 1000) {
    parser.feed(bytes.slice(at, at + 1000));
    const mark = table.mark();
    parser.finish();
    table.cutTo(mark);
  }
  parser.finish();
  assert.deepEqual(contentOf(table), contentOf(readTable(mlflowSqlite, [bytes])));
});

test('another database is said to be one, with what to do instead', () => {
  const other = encodeSqlite([{ name: 'users', sql: 'CREATE TABLE users (id)', rows: [] }]);
  assert.equal(mlflowSqlite.sniff(sampleOf(other)), null);
  assert.match(otherBinary.sniff(sampleOf(other))?.because ?? '', /SQLite database/);
  const index = encodeSqlite(
    ['experiment', 'chart'].map((name) => ({ name, sql: `CREATE TABLE ${name} (id)`, rows: [] })),
  );
  assert.match(otherBinary.sniff(sampleOf(index, 'runs.swanlab'))?.because ?? '', /index of a SwanLab folder/);
  assert.match(otherBinary.sniff(sampleOf(other, 'run_metadata.sqlite', ['.aim']))?.because ?? '', /Aim store/);
  const [problem] = readTable(otherBinary, [other]).problems;
  assert.match(problem?.message ?? '', /Export its table/);
});

/** Names as the figures have them: the run's id before the key. */
function columnsByRun(database: Uint8Array): readonly ReadColumn[] {
  const file = new SqliteFile(database);
  const runs: string[] = [];
  const runTable = file.tables().get('runs');
  assert.ok(runTable !== undefined);
  file.rows(runTable, (values) =>
    runs.push(`${values[runTable.columns.indexOf('name')]}\n${values[runTable.columns.indexOf('run_uuid')]}`),
  );
  const idOf = new Map(runs.map((line) => [line.split('\n')[0] ?? '', line.split('\n')[1] ?? '']));
  const table = readTable(mlflowSqlite, [database]);
  const step = new Map(points(table, 'step').map(([row = 0, x = 0]) => [row, x]));
  return table.segments.flatMap(({ name, firstRow }, i) => {
    const end = table.segments[i + 1]?.firstRow ?? table.rowCount;
    return table.columns.map(({ name: key, facts }): ReadColumn => {
      const own = points(table, key).filter(([row = 0]) => row >= firstRow && row < end);
      return {
        name: `${idOf.get(name ?? '')}/${key}`,
        // Only series with 15 points and more are in the figures.
        isAxis: facts?.axis !== undefined || own.length < 15,
        points: own.map(([row = 0, y = 0]) => [step.get(row) ?? Number.NaN, y]),
      };
    });
  });
}

checkExpectedFigures('mlflow-sqlite/', columnsByRun);
