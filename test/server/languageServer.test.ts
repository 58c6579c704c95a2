import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { type TestContext, test } from 'node:test';
import {
  type CodeAction,
  type CodeLens,
  createConnection,
  type Hover,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { createProtocolConnection, type ProtocolConnection } from 'vscode-languageserver-protocol/node';
import type { ForecastAnswer } from '../../src/core/hints/forecastAnswer.ts';
import { type ForecastParams, forecastRequest, forecastsChanged } from '../../src/protocol/server.ts';
import { LanguageServer } from '../../src/server/languageServer.ts';
import { answerOf } from '../core/hints/buildSummary.ts';

const uri = 'file:///runs/config.yaml';
const config = 'output_dir: out\nnum_train_epochs: 30\nmax_steps: -1\n';

interface Session {
  readonly client: ProtocolConnection;
  readonly asked: ForecastParams[];
  readonly refreshes: () => number;
  /** Resolves once the client was told so many times to refresh its lenses. */
  readonly refreshed: (times: number) => Promise<void>;
}

/** A server and a client on two real connections; the client answers requests for forecasts. */
async function connect(t: TestContext, answer: (params: ForecastParams) => unknown): Promise<Session> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  new LanguageServer().listen(server);
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const asked: ForecastParams[] = [];
  let refreshes = 0;
  const waiting: { readonly times: number; readonly go: () => void }[] = [];
  client.onRequest(forecastRequest, (params: ForecastParams) => {
    asked.push(params);
    return answer(params);
  });
  client.onRequest('workspace/codeLens/refresh', () => {
    refreshes += 1;
    for (const { times, go } of waiting) if (refreshes >= times) go();
    return null;
  });
  client.listen();
  t.after(() => {
    client.dispose();
    server.dispose();
  });
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { workspace: { codeLens: { refreshSupport: true } } },
  });
  await client.sendNotification('initialized', {});
  return {
    client,
    asked,
    refreshes: () => refreshes,
    refreshed: (times) =>
      new Promise((go) => {
        if (refreshes >= times) go();
        else waiting.push({ times, go });
      }),
  };
}

function open({ client }: Session, text = config, languageId = 'yaml'): Promise<void> {
  return client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
}

const lenses = ({ client }: Session): Promise<CodeLens[]> =>
  client.sendRequest('textDocument/codeLens', { textDocument: { uri } });
const resolved = ({ client }: Session, lens: CodeLens | undefined): Promise<CodeLens> =>
  client.sendRequest('codeLens/resolve', lens);
const hovered = ({ client }: Session, line: number, character: number): Promise<Hover | null> =>
  client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } });

test('a lens stands on the budget line at once and has its title when resolved', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session);
  const [lens, ...others] = await lenses(session);
  assert.equal(others.length, 0);
  assert.deepEqual(lens?.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 20 } });
  assert.equal(session.asked.length, 0);
  const { command } = await resolved(session, lens);
  assert.match(command?.title ?? '', /^num_train_epochs: 30 {2}→ {2}99\u202f% of the floor by epoch 10\.0/);
  assert.equal(command?.command, 'ceilingLens.openPrediction');
  assert.deepEqual(session.asked, [{ config: uri, outputPaths: ['out'] }]);
});

test('while the client takes its time, several requests are one question', async (t) => {
  let give: (answer: ForecastAnswer) => void = () => {};
  const slow = new Promise<ForecastAnswer>((resolve) => {
    give = resolve;
  });
  const session = await connect(t, () => slow);
  await open(session);
  const [lens] = await lenses(session);
  const both = Promise.all([resolved(session, lens), hovered(session, 1, 3)]);
  assert.equal((await lenses(session)).length, 1);
  give(answerOf());
  const [lensThen, hover] = await both;
  assert.match(lensThen.command?.title ?? '', /epoch 10/);
  assert.ok(hover !== null);
  assert.equal(session.asked.length, 1);
});

test('a hover stands on key and value of a budget line, and nowhere else', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session);
  const hover = await hovered(session, 1, 18);
  assert.match(JSON.stringify(hover?.contents), /The solver is heading for/);
  assert.equal(await hovered(session, 0, 3), null);
  assert.equal(await hovered(session, 2, 3), null);
});

test('when forecasts change the lenses are refreshed and the client is asked anew', async (t) => {
  let answer: ForecastAnswer = { kind: 'pending', note: 'forecasting run.csv' };
  const session = await connect(t, () => answer);
  await open(session);
  const [lens] = await lenses(session);
  assert.equal((await resolved(session, lens)).command?.title, 'num_train_epochs: 30  →  ceiling: working on it');
  answer = answerOf();
  await session.client.sendNotification(forecastsChanged);
  const [again] = await lenses(session);
  assert.match((await resolved(session, again)).command?.title ?? '', /epoch 10/);
  assert.equal(session.refreshes(), 1);
});

test('while a forecast is made anew the lenses keep their last good titles', async (t) => {
  let answer: ForecastAnswer = answerOf();
  const session = await connect(t, () => answer);
  await open(session);
  const [lens] = await lenses(session);
  const { command } = await resolved(session, lens);
  answer = { kind: 'pending', note: 'forecasting run.csv' };
  await session.client.sendNotification(forecastsChanged);
  assert.deepEqual((await lenses(session))[0]?.command, command);
  answer = answerOf({ settling: { tolerance: 0.01, x: 480, lower: 470, upper: 490 } });
  await session.client.sendNotification(forecastsChanged);
  assert.deepEqual((await lenses(session))[0]?.command, command);
  await session.refreshed(3);
  assert.match((await lenses(session))[0]?.command?.title ?? '', /epoch 12/);
});

test('a config that names another folder does not keep the title of the run before', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session);
  const [lens] = await lenses(session);
  await resolved(session, lens);
  await session.client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: { line: 0, character: 12 }, end: { line: 0, character: 15 } }, text: 'new' }],
  });
  const [moved] = await lenses(session);
  assert.equal(moved?.command, undefined);
  await resolved(session, moved);
  assert.deepEqual(session.asked.at(-1)?.outputPaths, ['new']);
});

test('a quick fix sets the suggested value in place', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session, config.replace('30', "'30.0'"));
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
  const actions: CodeAction[] = await session.client.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
  assert.equal(actions[0]?.title, 'Set num_train_epochs to 11.0 (99\u202f% of the floor)');
  assert.deepEqual(actions[0]?.edit?.changes?.[uri], [
    { range: { start: { line: 1, character: 19 }, end: { line: 1, character: 23 } }, newText: '11.0' },
  ]);
});

test('an edit moves the lens with its line', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session);
  await session.client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# note\n' }],
  });
  assert.equal((await lenses(session))[0]?.range.start.line, 2);
});

test('an answer that is not as agreed, or none, is no claim and no crash', async (t) => {
  let answer: unknown = { kind: 'forecast', summary: { limit: 'much' } };
  const session = await connect(t, () => answer);
  await open(session);
  const [lens] = await lenses(session);
  assert.equal((await resolved(session, lens)).command?.title, 'num_train_epochs: 30  →  ceiling: working on it');
  answer = answerOf();
  assert.match((await resolved(session, lens)).command?.title ?? '', /epoch 10/);
});

test('what is no config has no lenses', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session, 'name: x\nsteps: 3\n');
  assert.deepEqual(await lenses(session), []);
  assert.equal(session.asked.length, 0);
});
