import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Cancelled, unwatched } from '../../src/core/control.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';

function logOf(t: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-engine-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'run.csv');
  writeFileSync(path, content);
  return path;
}

const rows = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${from + i},${(0.2 + Math.exp(-0.1 * (from + i))).toFixed(6)}\n`).join(
    '',
  );
const counts = { n: (report: { runs: readonly { x: { count: number } }[] }) => report.runs.at(-1)?.x.count };

test('of a log that grew only the appended bytes are read', async (t) => {
  const path = logOf(t, `step,loss\n${rows(0, 50)}`);
  const engine = createNodeEngine();
  const first = await engine.open(path, {}, unwatched);
  assert.equal(counts.n(first.report), 50);
  const more = rows(50, 60);
  appendFileSync(path, more);
  const second = await engine.open(path, {}, unwatched);
  assert.equal(second.bytesRead, more.length);
  assert.equal(second.startedOver, false);
  assert.equal(counts.n(second.report), 60);
  assert.equal(second.revision, first.revision + 1);
  const third = await engine.open(path, {}, unwatched);
  assert.equal(third.bytesRead, 0);
  assert.equal(third.revision, second.revision);
  await engine.close(path);
});

test('a last line without its end counts once, whatever is appended to it', async (t) => {
  const path = logOf(t, 'step,loss\n0,1.5\n1,1.2\n2,1.');
  const engine = createNodeEngine();
  await engine.open(path, {}, unwatched);
  appendFileSync(path, '05\n3,0.9\n');
  const { report } = await engine.open(path, {}, unwatched);
  const loss = report.runs[0]?.series.find(({ name }) => name === 'loss');
  assert.equal(loss?.n, 4);
  assert.deepEqual(loss.last, [3, 0.9]);
  assert.equal(loss.min, 0.9);
  await engine.close(path);
});

test('a log that was cut, replaced or rewritten is read anew', async (t) => {
  const path = logOf(t, `step,loss\n${rows(0, 50)}`);
  const engine = createNodeEngine();
  await engine.open(path, {}, unwatched);
  writeFileSync(path, `step,loss\n${rows(0, 20)}`);
  const cut = await engine.open(path, {}, unwatched);
  assert.equal(cut.startedOver, true);
  assert.equal(counts.n(cut.report), 20);
  writeFileSync(`${path}.new`, `step,loss\n${rows(3, 90)}`);
  renameSync(`${path}.new`, path);
  const replaced = await engine.open(path, {}, unwatched);
  assert.equal(replaced.startedOver, true);
  assert.equal(counts.n(replaced.report), 87);
  writeFileSync(path, `step,loss\n${rows(5, 120)}`);
  const rewritten = await engine.open(path, {}, unwatched);
  assert.equal(rewritten.startedOver, true);
  assert.equal(counts.n(rewritten.report), 115);
  await engine.close(path);
});

test('a log that was empty is recognised once it has grown', async (t) => {
  const path = logOf(t, '');
  const engine = createNodeEngine();
  assert.equal((await engine.open(path, {}, unwatched)).report.format, 'unknown');
  appendFileSync(path, `step,loss\n${rows(0, 30)}`);
  assert.equal((await engine.open(path, {}, unwatched)).report.format, 'csv');
  await engine.close(path);
});

test('a log that vanishes is refused with a sentence, and read again when it is back', async (t) => {
  const path = logOf(t, `step,loss\n${rows(0, 30)}`);
  const engine = createNodeEngine();
  await engine.open(path, {}, unwatched);
  rmSync(path);
  await assert.rejects(engine.open(path, {}, unwatched), /run\.csv is not there/);
  writeFileSync(path, `step,loss\n${rows(0, 40)}`);
  assert.equal(counts.n((await engine.open(path, {}, unwatched)).report), 40);
  await engine.close(path);
});

test('long series are drawn by their extremes and forecast by all points', async (t) => {
  const path = logOf(t, `step,loss\n${rows(0, 9000)}`);
  const engine = createNodeEngine();
  const request = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };
  const { report, drawings } = await engine.predict(path, request, unwatched);
  assert.equal(report.series[0]?.n, 9000);
  assert.ok((drawings[0]?.x.length ?? 0) <= 2402);
  assert.equal(drawings[0]?.x.at(-1), 8999);
  await engine.close(path);
});

test('two requests for one log at the same time read it once', async (t) => {
  const content = `step,loss\n${rows(0, 60_000)}`;
  const path = logOf(t, content);
  const engine = createNodeEngine();
  const both = await Promise.all([engine.open(path, {}, unwatched), engine.open(path, {}, unwatched)]);
  assert.deepEqual(
    both.map(({ bytesRead }) => bytesRead).toSorted((a, b) => a - b),
    [0, content.length],
  );
  for (const { report } of both) {
    assert.equal(counts.n(report), 60_000);
    assert.deepEqual(report.problems, []);
  }
  await engine.close(path);
});

test('a read that is cancelled loses nothing: the next one goes on where it stopped', async (t) => {
  const path = logOf(t, `step,loss\n${rows(0, 10)}`);
  const engine = createNodeEngine();
  await engine.open(path, {}, unwatched);
  // More than two blocks, so that the cancel falls between them.
  appendFileSync(path, rows(10, 200_000));
  let checks = 0;
  const cancelling = {
    progress: () => {},
    check: () => {
      checks += 1;
      if (checks > 1) throw new Cancelled();
    },
  };
  await assert.rejects(engine.open(path, {}, cancelling), Cancelled);
  const { report } = await engine.open(path, {}, unwatched);
  assert.equal(counts.n(report), 200_000);
  await engine.close(path);
});
