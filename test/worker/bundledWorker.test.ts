import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/support/paths.mjs';
import { Refusal } from '../../src/core/problem.ts';
import type { PredictRequest } from '../../src/core/report/prediction.ts';
import { workerRestarted } from '../../src/protocol/workerConnection.ts';
import { connectWorker, type TestConnection } from './connectWorker.ts';

const bundle = join(root, 'dist/worker.js');
const log = join(root, 'samples/identified/run.csv');
const request: PredictRequest = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };

let used: TestConnection[] = [];
afterEach(() => {
  for (const { connection } of used) connection.dispose();
  used = [];
});

/** The worker that the extension ships. */
function connect(): TestConnection {
  assert.ok(existsSync(bundle), 'dist/worker.js is not there; run npm run build first.');
  const made = connectWorker(pathToFileURL(bundle));
  used.push(made);
  return made;
}

test('a log goes in by its path and comes back as a checked forecast', async () => {
  const { connection } = connect();
  const notes: string[] = [];
  const opened = await connection.ask('open', [log, {}], { onProgress: ({ note }) => notes.push(note) });
  assert.equal(opened.report.format, 'csv');
  assert.ok(notes.some((note) => note.startsWith('reading')));
  const { report, drawings } = await connection.ask('predict', [log, request]);
  assert.equal(report.series.find(({ role }) => role === 'solver')?.verdict, 'identified');
  assert.equal(drawings[0]?.x.length, 20);
  assert.equal((await connection.ask('open', [log, {}])).bytesRead, 0);
});

test('a derived series is evaluated in the worker', async () => {
  const { connection } = connect();
  const choices = { derive: ['half = solver / 2'], series: ['half'] };
  const { report } = await connection.ask('predict', [log, { ...request, choices }]);
  assert.equal(report.series[0]?.first, 0.99406 / 2);
});

test('a formula is weighed in the worker', async () => {
  const { connection } = connect();
  const choices = { formula: 'L + a*exp(-k*t^c)', series: ['solver'] };
  const { report } = await connection.ask('predict', [log, { ...request, choices }]);
  assert.ok(report.series[0]?.models.some(({ name }) => name === 'L + a*exp(-k*t^c)'));
});

test('killed in the middle of a fit it is started again, and the same request works', async () => {
  const { connection, started } = connect();
  let isUnderWay = () => {};
  const underWay = new Promise<void>((resolve) => {
    isUnderWay = resolve;
  });
  const killed = connection
    .ask('predict', [log, request], { onProgress: () => isUnderWay() })
    .catch((error: unknown) => error);
  await underWay;
  connection.kill();
  const error = await killed;
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.code, workerRestarted);
  const { report } = await connection.ask('predict', [log, request]);
  assert.equal(report.series.length, 3);
  assert.equal(started.length, 2);
});

test('a log that is none is refused with the sentence of the command line', async () => {
  const { connection } = connect();
  await assert.rejects(connection.ask('predict', [join(root, 'LICENSE'), request]), (error) => {
    assert.ok(error instanceof Refusal);
    assert.match(error.message, /LICENSE is a text for people, no training log\. Open the log of the run/);
    return true;
  });
});
