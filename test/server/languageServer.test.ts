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
}

/** A server and a client on two real connections; the client answers requests for forecasts. */
async function connect(t: TestContext, answer: (params: ForecastParams) => unknown): Promise<Session> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  new LanguageServer().listen(server);
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const asked: ForecastParams[] = [];
  let refreshes = 0;
  client.onRequest(forecastRequest, (params: ForecastParams) => {
    asked.push(params);
    return answer(params);
  });
  client.onRequest('workspace/codeLens/refresh', () => {
    refreshes += 1;
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
  return { client, asked, refreshes: () => refreshes };
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
  assert.match(command?.title ?? '', /^→ 99\u202f% of the floor by epoch 10\.0/);
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
  assert.equal((await resolved(session, lens)).command?.title, '→ ceiling: working on it');
  answer = answerOf();
  await session.client.sendNotification(forecastsChanged);
  const [again] = await lenses(session);
  assert.match((await resolved(session, again)).command?.title ?? '', /epoch 10/);
  assert.equal(session.refreshes(), 1);
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
    { range: { start: { line: 1, character: 18 }, end: { line: 1, character: 24 } }, newText: "'11.0'" },
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
  assert.equal((await resolved(session, lens)).command?.title, '→ ceiling: working on it');
  answer = answerOf();
  assert.match((await resolved(session, lens)).command?.title ?? '', /epoch 10/);
});

test('what is no config has no lenses', async (t) => {
  const session = await connect(t, () => answerOf());
  await open(session, 'name: x\nsteps: 3\n');
  assert.deepEqual(await lenses(session), []);
  assert.equal(session.asked.length, 0);
});
