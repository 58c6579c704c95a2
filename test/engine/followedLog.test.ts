import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { root } from '../../scripts/support/paths.mjs';
import { unwatched } from '../../src/core/control.ts';
import { Refusal } from '../../src/core/problem.ts';
import type { EngineApi } from '../../src/engine/engineApi.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';

function logOf(t: TestContext, name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-engine-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** An engine that closes the log with the test. */
function engineFor(t: TestContext, path: string): EngineApi {
  const engine = createNodeEngine();
  t.after(() => engine.close(path));
  return engine;
}

const consoleLine = (step: number): string => `step ${step}: train loss ${(0.2 + Math.exp(-step / 40)).toFixed(4)}\n`;
const consoleLines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => consoleLine(10 * (from + i))).join('');

test('what was appended changes a log only where it holds a record', async (t) => {
  const path = logOf(t, 'train.log', consoleLines(0, 30));
  const engine = engineFor(t, path);
  const { revision } = await engine.open(path, {}, unwatched);
  appendFileSync(path, 'saving the model\n');
  const noise = await engine.open(path, {}, unwatched);
  assert.deepEqual([noise.revision, noise.bytesRead], [revision, 'saving the model\n'.length]);
  appendFileSync(path, consoleLines(30, 31));
  assert.equal((await engine.open(path, {}, unwatched)).revision, revision + 1);
});

test('an unfinished last line that becomes another value changes the log', async (t) => {
  const path = logOf(t, 'run.csv', 'step,loss\n0,1.5\n1,1.2\n2,1.1\n3,1.');
  const engine = engineFor(t, path);
  const before = await engine.open(path, {}, unwatched);
  appendFileSync(path, '05');
  const { revision, report } = await engine.open(path, {}, unwatched);
  assert.equal(revision, before.revision + 1);
  assert.deepEqual(report.runs[0]?.series[0]?.last, [3, 1.05]);
});

test('a log whose first lines look like another format is read as what it turns out to be', async (t) => {
  const path = logOf(t, 'run.log', 'step,loss\n0,1.5\n1,1.4\n');
  const engine = engineFor(t, path);
  assert.equal((await engine.open(path, {}, unwatched)).report.format, 'csv');
  writeFileSync(path, 'step,loss\n0,1.5\n1,1.4\n');
  appendFileSync(path, consoleLines(0, 60));
  const { report, startedOver } = await engine.open(path, {}, unwatched);
  const afresh = await engineFor(t, path).open(path, {}, unwatched);
  assert.equal(report.format, afresh.report.format);
  assert.deepEqual(report.runs, afresh.report.runs);
  assert.equal(startedOver, false);
});

for (const [name, sample] of [
  ['a table', 'samples/identified/run.csv'],
  ['JSON lines', 'samples/accuracy/metrics.jsonl'],
] as const) {
  test(`${name} followed line by line ends as it is read at once`, async (t) => {
    const content = readFileSync(join(root, sample), 'utf8');
    const path = logOf(t, sample.slice(sample.lastIndexOf('/') + 1), '');
    const engine = engineFor(t, path);
    for (const line of content.split(/(?<=\n)/)) {
      appendFileSync(path, line);
      await engine.open(path, {}, unwatched);
    }
    const followed = await engine.open(path, {}, unwatched);
    const afresh = await engineFor(t, path).open(path, {}, unwatched);
    assert.deepEqual(followed.report.runs, afresh.report.runs);
    assert.deepEqual(followed.report.problems, afresh.report.problems);
    assert.equal(followed.report.format, afresh.report.format);
  });
}

test('a log that was cut says so among its problems, until it is closed', async (t) => {
  const path = logOf(t, 'train.log', consoleLines(0, 30));
  const engine = engineFor(t, path);
  await engine.open(path, {}, unwatched);
  writeFileSync(path, consoleLines(0, 12));
  const cut = await engine.open(path, {}, unwatched);
  assert.equal(cut.startedOver, true);
  assert.match(
    cut.report.problems.map(({ message }) => message).join(),
    /train\.log was cut or replaced while it was followed/,
  );
  appendFileSync(path, consoleLines(12, 40));
  const grown = await engine.open(path, {}, unwatched);
  assert.equal(grown.startedOver, false);
  assert.deepEqual(
    grown.report.problems.map(({ code }) => code),
    ['started-over'],
  );
  await engine.close(path);
  assert.deepEqual((await engine.open(path, {}, unwatched)).report.problems, []);
});

test('a log that is written anew as a whole, and only longer, does not start over', async (t) => {
  const history = (count: number): string =>
    `{"epoch": ${count}, "global_step": ${10 * count}, "log_history": [${Array.from(
      { length: count },
      (_, i) => `{"epoch": ${i}, "loss": ${1 / (1 + i)}, "step": ${10 * i}}`,
    ).join()}]}`;
  const path = logOf(t, 'trainer_state.json', history(8));
  const engine = engineFor(t, path);
  await engine.open(path, {}, unwatched);
  writeFileSync(path, history(9));
  const { startedOver, report } = await engine.open(path, {}, unwatched);
  assert.deepEqual([startedOver, report.problems, report.runs[0]?.x.count], [false, [], 9]);
});

test('a chosen format is taken whatever the log looks like, and can be taken back', async (t) => {
  const path = logOf(t, 'run.csv', readFileSync(join(root, 'samples/identified/run.csv')));
  const engine = engineFor(t, path);
  const found = await engine.open(path, {}, unwatched);
  assert.deepEqual([found.report.format, found.report.isFormatChosen], ['csv', false]);
  const chosen = await engine.open(path, { format: 'jsonl' }, unwatched);
  assert.deepEqual([chosen.report.format, chosen.report.isFormatChosen], ['jsonl', true]);
  assert.match(chosen.report.because, /it was chosen; by its content it is csv: /);
  assert.deepEqual([chosen.revision, chosen.startedOver], [found.revision + 1, false]);
  const back = await engine.open(path, {}, unwatched);
  assert.deepEqual(back.report, found.report);
});

test('the formats that a log can be read as are judged, the surest first', async () => {
  const judged = await createNodeEngine().judge(join(root, 'samples/identified/run.csv'));
  const [first] = judged;
  assert.equal(first?.id, 'csv');
  assert.ok(first.confidence !== null && first.because !== '');
  const ids = judged.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(!ids.includes('not-a-log') && ids.includes('tfevents') && ids.includes('swanlab'));
});

test('a format that is none, or is chosen for a folder, is refused with a sentence', async (t) => {
  const engine = createNodeEngine();
  const open = (path: string, format: string) => {
    t.after(() => engine.close(join(root, path)));
    return engine.open(join(root, path), { format }, unwatched);
  };
  await assert.rejects(open('samples/identified/run.csv', 'parchment'), /There is no format "parchment"; there are "/);
  await assert.rejects(open('samples/identified', 'csv'), /is a folder, whose files are recognised one by one/);
});

for (const [what, content] of [
  ['a table', readFileSync(join(root, 'samples/identified/run.csv'))],
  ['JSON lines', readFileSync(join(root, 'samples/accuracy/metrics.jsonl'))],
  ['bytes of no kind', Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 256)],
  ['nothing', new Uint8Array(0)],
] as const) {
  test(`${what} read as any format, also when it grows, is an answer or a sentence`, async (t) => {
    const path = logOf(t, 'run.log', content);
    const engine = engineFor(t, path);
    for (const { id } of await engine.judge(path)) {
      writeFileSync(path, content);
      for (let look = 0; look < 3; look++) {
        try {
          const { report } = await engine.open(path, { format: id }, unwatched);
          assert.equal(report.format, id);
        } catch (error) {
          assert.ok(error instanceof Refusal, `${id}: ${error instanceof Error ? error.stack : error}`);
        }
        appendFileSync(path, content.subarray(0, 2000));
      }
    }
  });
}

const collection = join(root, '../shared/logs');
const mostBytes = 300_000;
const logs = existsSync(collection)
  ? readdirSync(collection, { recursive: true, encoding: 'utf8' })
      .filter((name) => {
        const state = statSync(join(collection, name));
        return state.isFile() && state.size > 0 && state.size < mostBytes;
      })
      .sort()
      // Enough of every kind, in a few seconds.
      .filter((_, i) => i % 6 === 0)
  : [];
test('logs of the collection that grow piece by piece end as they are read at once', {
  skip: logs.length > 0 ? false : '../shared/logs is not there',
}, async (t) => {
  for (const name of logs) {
    const content = readFileSync(join(collection, name));
    const path = logOf(t, basename(name), '');
    const engine = createNodeEngine();
    const outcome = async (of: EngineApi) => {
      try {
        const { report, startedOver } = await of.open(path, {}, unwatched);
        return { format: report.format, runs: report.runs, problems: report.problems, startedOver };
      } catch (error) {
        assert.ok(error instanceof Refusal, name);
        return error.code;
      }
    };
    let from = 0;
    for (const share of [0.01, 0.04, 0.13, 0.34, 0.55, 0.76, 1]) {
      const to = Math.round(share * content.length);
      appendFileSync(path, content.subarray(from, to));
      from = to;
      if (share < 1) await outcome(engine);
    }
    const afresh = createNodeEngine();
    assert.deepEqual(await outcome(engine), await outcome(afresh), name);
    await Promise.all([engine.close(path), afresh.close(path)]);
  }
});
