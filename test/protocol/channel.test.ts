import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Cancelled } from '../../src/core/control.ts';
import { Refusal } from '../../src/core/problem.ts';
import { type Answer, Channel, type ChannelOptions } from '../../src/protocol/channel.ts';
import { RemoteError } from '../../src/protocol/failure.ts';
import type { Port } from '../../src/protocol/port.ts';

const open: MessagePort[] = [];
const channels: Channel[] = [];
afterEach(() => {
  // Closing a channel also stops what it still answers.
  for (const channel of channels.splice(0)) channel.close(new Error('The test has ended.'));
  for (const port of open.splice(0)) port.close();
});

function portOf(port: MessagePort): Port {
  open.push(port);
  return {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => port.on('message', listener),
  };
}

const answer = (value: unknown): Answer => ({ value, transfer: [] });

/** Two channels over real message ports, the right one answering. */
function connect(handle: NonNullable<ChannelOptions['handle']>, options: ChannelOptions = {}) {
  const { port1, port2 } = new MessageChannel();
  const malformed: string[] = [];
  const left = new Channel(portOf(port1), { ...options, onMalformed: (reason) => malformed.push(reason) });
  const right = new Channel(portOf(port2), { handle, onMalformed: (reason) => malformed.push(reason) });
  channels.push(left, right);
  return { left, malformed, rawLeft: port1, rawRight: port2 };
}

/** Work that goes on until its control stops it, giving way between looks. */
const endless: NonNullable<ChannelOptions['handle']> = async (_method, _params, control) => {
  for (;;) {
    control.check();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

test('a call is answered with what the other side returns, each with its own answer', async () => {
  const { left } = connect(async (method, params) => answer([method, params]));
  const answers = await Promise.all([left.call('first', [1]), left.call('second', { two: 2 })]);
  assert.deepEqual(answers, [
    ['first', [1]],
    ['second', { two: 2 }],
  ]);
  assert.equal(left.pendingCalls, 0);
});

test('typed arrays that are named for transfer arrive whole', async () => {
  const { left } = connect(async () => {
    const values = Float64Array.of(1, 2, 3);
    return { value: { values }, transfer: [values.buffer] };
  });
  assert.deepEqual(await left.call('values', null), { values: Float64Array.of(1, 2, 3) });
});

test('a refusal crosses with its code and its sentence', async () => {
  const { left } = connect(async () => {
    throw new Refusal('empty-log', 'run.csv is empty.');
  });
  await assert.rejects(left.call('open', []), (error) => {
    assert.ok(error instanceof Refusal);
    assert.equal(error.code, 'empty-log');
    assert.equal(error.message, 'run.csv is empty.');
    return true;
  });
});

test('a bug crosses with its message and the stack of the side where it happened', async () => {
  const { left } = connect(async function whereItHappened() {
    throw new TypeError('x is undefined');
  });
  await assert.rejects(left.call('open', []), (error) => {
    assert.ok(error instanceof RemoteError);
    assert.equal(error.code, 'internal-error');
    assert.equal(error.message, 'x is undefined');
    assert.match(String(error.stack), /whereItHappened/);
    return true;
  });
});

test('a call that is cancelled ends as cancelled once the other side has stopped', async () => {
  const { left } = connect(endless);
  const stop = new AbortController();
  const call = left.call('forecast', [], { signal: stop.signal });
  setImmediate(() => stop.abort());
  await assert.rejects(call, Cancelled);
  assert.equal(left.pendingCalls, 0);
});

test('a call whose signal is aborted already is not sent', async () => {
  let calls = 0;
  const { left } = connect(async () => {
    calls += 1;
    return answer(null);
  });
  await assert.rejects(left.call('forecast', [], { signal: AbortSignal.abort() }), Cancelled);
  await left.call('other', []);
  assert.equal(calls, 1);
});

test('work that never yields sees the cancel through shared memory', async () => {
  const stop = new AbortController();
  let looks = 0;
  const { left } = connect(
    async (_method, _params, control) => {
      for (;;) {
        looks += 1;
        // The caller, which here shares our thread, cancels in the middle of the loop.
        if (looks === 1000) stop.abort();
        control.check();
      }
    },
    { sharesMemory: true },
  );
  await assert.rejects(left.call('forecast', [], { signal: stop.signal }), Cancelled);
  assert.equal(looks, 1000);
});

test('progress reaches the caller in order, once for each per cent', async () => {
  const { left } = connect(async (_method, _params, control) => {
    for (let step = 0; step <= 1000; step += 1) control.progress(step / 1000, 'Reading');
    return answer('done');
  });
  const seen: number[] = [];
  await left.call('open', [], { onProgress: ({ fraction }) => seen.push(fraction) });
  assert.equal(seen.length, 101);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
});

test('a malformed call is answered as malformed, and the next call works', async () => {
  const { left, malformed, rawLeft } = connect(async () => answer('fine'));
  const replies: unknown[] = [];
  rawLeft.on('message', (message) => replies.push(message));
  rawLeft.postMessage({ type: 'call', id: 77, method: 5 });
  assert.equal(await left.call('next', []), 'fine');
  assert.equal(malformed.length, 1);
  assert.match(JSON.stringify(replies[0]), /"failure".*77.*malformed/);
});

test('messages that are no messages are dropped and told of', async () => {
  const { left, malformed, rawLeft } = connect(async () => answer('fine'));
  for (const nonsense of [null, 'text', 17, [], {}, { type: 'unheard-of', id: 1 }, { type: 'cancel' }]) {
    rawLeft.postMessage(nonsense);
  }
  assert.equal(await left.call('next', []), 'fine');
  assert.equal(malformed.length, 7);
});

test('a malformed answer rejects the call that waits for it', async () => {
  const { left, rawRight } = connect(endless);
  const call = left.call('forecast', []);
  rawRight.postMessage({ type: 'failure', id: 1, failure: 'no object' });
  await assert.rejects(call, /malformed/);
});

test('parameters that cannot be cloned reject their call', async () => {
  const { left } = connect(async () => answer(null));
  await assert.rejects(left.call('open', [() => {}]), /could not be cloned/);
  assert.equal(left.pendingCalls, 0);
});

test('closing rejects what is under way and every later call with the reason', async () => {
  const { left } = connect(endless);
  const call = left.call('forecast', []);
  left.close(new Refusal('worker-restarted', 'It stopped.'));
  await assert.rejects(call, /It stopped/);
  await assert.rejects(left.call('again', []), /It stopped/);
});
