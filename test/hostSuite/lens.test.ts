import assert from 'node:assert/strict';
import { window, workspace } from 'vscode';
import { api, closeEditors, lensesOf, relaxingLog, sample, until, writeLog } from './support.ts';

describe('the lens on a log', () => {
  afterEach(closeEditors);

  it('stands on line 1 and says what was recognised', async () => {
    const lenses = await lensesOf(sample('identified/run.csv'));
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [0, 'Predict ceiling'],
        [0, 'csv · 20 checkpoints · solver · verifier · gap'],
      ],
    );
  });

  it('predicts the ceiling of its own log', async () => {
    const log = sample('accuracy/metrics.jsonl');
    const [predict] = await lensesOf(log);
    assert.equal(predict?.command?.command, 'ceilingLens.predict');
    assert.deepEqual(predict?.command?.arguments?.map(String), [String(log)]);
  });

  it('is not there on a text without a log', async () => {
    const text = writeLog('notes.txt', 'Nothing but words here.\nAnd some more of them.\n');
    await window.showTextDocument(await workspace.openTextDocument(text));
    const { record } = await api();
    await until('the text to be judged', () => record(text)?.status === 'unrecognised');
  });

  it('is not asked for where a tool keeps its settings', async () => {
    const settings = writeLog('package.json', '{\n  "version": "1.0.0"\n}\n');
    const log = writeLog('run.csv', relaxingLog(10));
    await window.showTextDocument(await workspace.openTextDocument(settings));
    await lensesOf(log);
    assert.equal((await api()).record(settings), undefined);
  });
});
