import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { unwatched } from '../../src/core/control.ts';
import { sharedRateForecaster } from '../../src/core/forecast/sharedRateForecaster.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import type { PredictRequest } from '../../src/core/report/prediction.ts';
import { GrowingRuns } from '../../src/core/runs/growingRuns.ts';
import type { RunChoices } from '../../src/core/runs/run.ts';
import { noCache } from '../../src/engine/diskCache.ts';
import { Engine } from '../../src/engine/engine.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { OpenLog } from '../../src/engine/openLog.ts';
import { UnpackedSource } from '../../src/engine/unpackedSource.ts';

const count = 3000;
const fade = (i: number): number => Math.exp(-i / 700);

/** Twelve norms that nobody asks for beside solver and verifier; one of them is no number now and then. */
const record = (i: number): Record<string, number | null> => ({
  step: i,
  lr: 1e-3 * (1 - i / (2 * count)),
  ...Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`layer_${k}/norm`, 0.5 + Math.sin(i + k) / 3])),
  ...(i % 100 === 99 ? { 'eval/norm': i / count } : {}),
  ...(i % 4 === 3 ? { 'some/norm': Math.sin(i) } : {}),
  solver_uncertainty: 0.15 + 0.6 * fade(i),
  verifier_uncertainty: 0.1 + 0.25 * fade(i),
});
const line = (one: Record<string, number | null>, i: number): string =>
  `${JSON.stringify(one)}\n`.replace(/("layer_3\/norm":)[^,]+/, i % 7 === 3 ? '$1NaN' : '$&');
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, k) => line(record(from + k), from + k)).join('');
const table = (): string => {
  const names = Object.keys(record(99));
  const rows = Array.from({ length: count }, (_, i) => names.map((name) => record(i)[name] ?? '').join(','));
  return `${names.join(',')}\n${rows.join('\n')}\n`;
};

function logOf(t: TestContext, name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-cold-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** For which every log is a large one. */
const thrifty = (): Engine =>
  new Engine({
    formats,
    forecaster: sharedRateForecaster,
    openSource: (path) => Promise.resolve(new UnpackedSource(new FileSource(path))),
    listFolder: () => Promise.resolve(null),
    cache: noCache,
    coldFrom: 0,
  });
const asking = (choices: RunChoices): PredictRequest => ({
  choices,
  at: [4000],
  until: null,
  level: 0.9,
  tolerance: 0.01,
});

async function assertSame(path: string, some: Engine, choices: RunChoices): Promise<void> {
  const all = createNodeEngine();
  const wide = await all.open(path, choices, unwatched);
  const narrow = await some.open(path, choices, unwatched);
  assert.deepEqual(narrow.report.runs, wide.report.runs);
  assert.deepEqual(narrow.report.problems, wide.report.problems);
  const [mine, theirs] = [
    await some.predict(path, asking(choices), unwatched),
    await all.predict(path, asking(choices), unwatched),
  ];
  assert.deepEqual(mine.report, theirs.report);
  assert.deepEqual(mine.drawings, theirs.drawings);
  await all.close(path);
}

for (const [name, content] of [
  ['run.jsonl', lines(0, count)],
  ['run.csv', table()],
] as const) {
  test(`${name}: what is listed and forecast is the same whether all values are kept or only those asked for`, async (t) => {
    const path = logOf(t, name, content);
    const engine = thrifty();
    t.after(() => engine.close(path));
    await assertSame(path, engine, {});
    await assertSame(path, engine, { series: ['layer_3/norm'] });
    await assertSame(path, engine, { series: ['eval/norm'] });
    await assertSame(path, engine, { series: ['some/norm'] });
    await assertSame(path, engine, { solver: 'layer_1/norm' });
    await assertSame(path, engine, { x: 'layer_5/norm' });
    await assertSame(path, engine, { derive: ['both = layer_6/norm + layer_7/norm'] });
  });
}

test('values that few rows have are kept: they are little, and the whole log would have to be read again for them', async (t) => {
  const path = logOf(t, 'run.jsonl', lines(0, count));
  const log = new OpenLog(new FileSource(path), formats, 0);
  t.after(() => log.close());
  await log.refresh(unwatched);
  const kept = (name: string): number => log.table?.find(name)?.values.length ?? 0;
  assert.equal(kept('eval/norm'), count / 100);
  assert.ok(kept('some/norm') < 2);
});

test('the values that nobody asked for are not kept, also of what is appended, until somebody does', async (t) => {
  const path = logOf(t, 'run.jsonl', lines(0, count));
  const log = new OpenLog(new FileSource(path), formats, 0);
  t.after(() => log.close());
  await log.refresh(unwatched);
  const kept = (name: string): number => log.table?.find(name)?.values.length ?? 0;
  assert.equal(kept('solver_uncertainty'), count);
  assert.ok(kept('layer_3/norm') < 2);
  appendFileSync(path, lines(count, count + 50));
  await log.refresh(unwatched);
  assert.ok(kept('layer_3/norm') < 60);
  await log.warm(new Set(['layer_3/norm']), unwatched);
  assert.equal(kept('layer_3/norm'), count + 50);
  assert.ok(kept('layer_4/norm') < 60);
  appendFileSync(path, lines(count + 50, count + 60));
  await log.refresh(unwatched);
  assert.equal(kept('layer_3/norm'), count + 60);
});

test('a log that grows is listed and forecast as if all of its values were kept', async (t) => {
  const path = logOf(t, 'run.jsonl', lines(0, count));
  const engine = thrifty();
  t.after(() => engine.close(path));
  await assertSame(path, engine, {});
  for (let i = count; i < count + 40; i += 10) {
    appendFileSync(path, lines(i, i + 10));
    await assertSame(path, engine, {});
  }
  await assertSame(path, engine, { series: ['layer_9/norm'] });
  appendFileSync(path, lines(count + 40, count + 60).slice(0, -30));
  await assertSame(path, engine, {});
});

test('a run that was resumed is listed and forecast by what holds of it', async (t) => {
  const path = logOf(t, 'run.jsonl', `${lines(0, 2000)}${lines(1500, count)}`);
  const engine = thrifty();
  t.after(() => engine.close(path));
  await assertSame(path, engine, {});
  await assertSame(path, engine, { series: ['layer_2/norm'] });
});

test('the values of a run that was resumed are not kept either', async (t) => {
  const path = logOf(t, 'run.jsonl', `${lines(0, 2000)}${lines(1500, count)}`);
  const log = new OpenLog(new FileSource(path), formats, 0);
  t.after(() => log.close());
  await log.refresh(unwatched);
  const { table } = log;
  assert.ok(table !== null);
  const runs = new GrowingRuns(table, {});
  runs.now();
  assert.ok(runs.needsMore && runs.parts !== null);
  await log.divide(runs.parts, unwatched);
  const [run] = runs.now();
  assert.ok(!runs.needsMore);
  assert.equal(run?.series.find(({ name }) => name === 'layer_2/norm')?.cold?.n, count);
  assert.ok((table.find('layer_2/norm')?.values.length ?? count) < 2);
});

test('a log that was resumed and grows is listed and forecast as if all of its values were kept', async (t) => {
  const path = logOf(t, 'run.jsonl', lines(0, count));
  const engine = thrifty();
  t.after(() => engine.close(path));
  await assertSame(path, engine, {});
  for (const [from, to] of [
    [2500, 2501],
    [2501, 2503],
    [2503, 2700],
    [2700, 2710],
    [2600, 2800],
  ] as const) {
    appendFileSync(path, lines(from, to));
    await assertSame(path, engine, {});
  }
  appendFileSync(path, lines(2800, 2810).slice(0, -30));
  await assertSame(path, engine, {});
  appendFileSync(path, lines(2809, 2850).slice(-30));
  await assertSame(path, engine, { series: ['layer_2/norm'] });
});

test('a log that was replaced by another between two looks is read anew when its values are asked for', async (t) => {
  const path = logOf(t, 'run.jsonl', lines(0, count));
  const engine = thrifty();
  t.after(() => engine.close(path));
  await engine.open(path, {}, unwatched);
  writeFileSync(path, lines(0, 500));
  const { report } = await engine.predict(path, asking({ series: ['layer_2/norm'] }), unwatched);
  assert.equal(report.series[0]?.n, 500);
});

test('where cells have no place on the axis all values are read, and none is told without', async (t) => {
  const bare = (i: number): string => `${JSON.stringify({ 'layer_1/norm': i, 'layer_2/norm': 2 })}\n`;
  const content = Array.from({ length: 600 }, (_, i) => (i % 50 === 49 ? bare(i) : line(record(i), i))).join('');
  const path = logOf(t, 'run.jsonl', `${content}${lines(500, 900)}`);
  const engine = thrifty();
  t.after(() => engine.close(path));
  await assertSame(path, engine, {});
  await assertSame(path, engine, { series: ['layer_1/norm'] });
});

const collection = '../shared/logs';
const smallLogs = existsSync(collection)
  ? readdirSync(collection, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => statSync(path).size <= 100_000)
  : [];

test('every small log of the collection lists the same runs as with all values kept', {
  skip: smallLogs.length > 0 ? false : `${collection} is not there`,
}, async () => {
  for (const path of smallLogs) {
    const [some, all] = [thrifty(), createNodeEngine()];
    const { report } = await all.open(path, {}, unwatched);
    assert.deepEqual((await some.open(path, {}, unwatched)).report, report, path);
    await Promise.all([some.close(path), all.close(path)]);
  }
});
