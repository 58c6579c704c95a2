import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, test } from 'node:test';
import { Cancelled } from '../../src/core/control.ts';
import { Refusal } from '../../src/core/problem.ts';
import type { PredictRequest } from '../../src/core/report/prediction.ts';
import { workerRestarted, workerStopped } from '../../src/protocol/workerConnection.ts';
import { connectWorker, type TestConnection } from './connectWorker.ts';

const loopingWorker = new URL('./loopingWorker.ts', import.meta.url);
const request: PredictRequest = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };

let used: TestConnection[] = [];
afterEach(() => {
  for (const { connection } of used) connection.dispose();
  used = [];
});

function connect(limits?: Parameters<typeof connectWorker>[1]): TestConnection {
  const made = connectWorker(loopingWorker, limits);
  used.push(made);
  return made;
}

/** A forecast that loops in the worker, once it has said that it does. */
async function loopingForecast({ connection }: TestConnection, path = 'run.csv') {
  const stop = new AbortController();
  let say = () => {};
  const isLooping = new Promise<void>((resolve) => {
    say = resolve;
  });
  const outcome = connection
    .ask('predict', [path, request], { signal: stop.signal, onProgress: () => say() })
    .then(() => assert.fail('The forecast never ends by itself.'))
    .catch((error: unknown) => error);
  await isLooping;
  return { stop, outcome };
}

function assertRefusal(error: unknown, code: string, message: RegExp): void {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
}

test('no worker runs before the first request', async () => {
  const made = connect();
  assert.equal(made.connection.id, null);
  const { report } = await made.connection.ask('open', ['run.csv', {}]);
  assert.equal(report.log, 'run.csv');
  assert.equal(made.connection.id, made.started[0]?.threadId);
});

test('requests share one worker', async () => {
  const made = connect();
  await Promise.all(['a.csv', 'b.csv', 'c.csv'].map((path) => made.connection.ask('open', [path, {}])));
  assert.equal(made.started.length, 1);
});

test('a refusal of the engine reaches the caller as a refusal', async () => {
  const { connection } = connect();
  await assert.rejects(connection.ask('open', ['vanished.csv', {}]), (error) => {
    assertRefusal(error, 'log-vanished', /^vanished\.csv is no longer there\.$/);
    return true;
  });
});

test('a forecast that never yields is cancelled, and the same worker answers the next request', async () => {
  const made = connect();
  const { stop, outcome } = await loopingForecast(made);
  stop.abort();
  assert.ok((await outcome) instanceof Cancelled);
  await made.connection.ask('open', ['run.csv', {}]);
  assert.equal(made.started.length, 1);
});

test('a worker killed in the middle of a forecast refuses it with a sentence, and the next request works', async () => {
  const made = connect();
  const { outcome } = await loopingForecast(made);
  made.connection.kill();
  assertRefusal(
    await outcome,
    workerRestarted,
    /^The forecasting worker stopped before it had answered \(.+\)\. It was restarted: ask again\.$/,
  );
  const { report } = await made.connection.ask('open', ['run.csv', {}]);
  assert.equal(report.log, 'run.csv');
  assert.equal(made.started.length, 2);
});

test('a second death in a row is said to be one, and the next request starts a worker all the same', async () => {
  const made = connect();
  const first = await loopingForecast(made);
  made.connection.kill();
  assertRefusal(await first.outcome, workerRestarted, /restarted/);
  const second = await loopingForecast(made);
  made.connection.kill();
  assertRefusal(await second.outcome, workerStopped, /stopped twice in a row .* Try again/);
  assert.equal(made.connection.id, null);
  await made.connection.ask('open', ['run.csv', {}]);
  assert.equal(made.started.length, 3);
});

test('a death after an answered request counts as a first one again', async () => {
  const made = connect();
  for (let round = 0; round < 2; round += 1) {
    const { outcome } = await loopingForecast(made);
    made.connection.kill();
    assertRefusal(await outcome, workerRestarted, /restarted/);
    await made.connection.ask('open', ['run.csv', {}]);
  }
});

test('a worker that does not heed a cancel is ended, and the next request works', async () => {
  const made = connect({ cancelMs: 20 });
  const { stop, outcome } = await loopingForecast(made, 'deaf.csv');
  stop.abort();
  assertRefusal(await outcome, workerRestarted, /restarted/);
  await made.connection.ask('open', ['run.csv', {}]);
});

test('a worker without requests is ended, and the next request starts one', async () => {
  const made = connect({ idleMs: 20 });
  await made.connection.ask('open', ['run.csv', {}]);
  const [worker] = made.started;
  assert.ok(worker !== undefined);
  await once(worker, 'exit');
  assert.equal(made.connection.id, null);
  await made.connection.ask('open', ['run.csv', {}]);
  assert.equal(made.started.length, 2);
});

test('a worker is not idle while it forecasts', async () => {
  const made = connect({ idleMs: 20 });
  const { stop, outcome } = await loopingForecast(made);
  // Its end would also be seen as an exit; the cancel finds it alive.
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(made.started.length, 1);
  stop.abort();
  assert.ok((await outcome) instanceof Cancelled);
});

test('after the end of the connection requests are refused and no worker is left', async () => {
  const made = connect();
  const { outcome } = await loopingForecast(made);
  const [worker] = made.started;
  assert.ok(worker !== undefined);
  const exited = once(worker, 'exit');
  made.connection.dispose();
  assertRefusal(await outcome, workerStopped, /stopped/);
  await exited;
  await assert.rejects(made.connection.ask('open', ['run.csv', {}]), /reload the window/);
});
