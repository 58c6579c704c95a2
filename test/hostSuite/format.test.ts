import assert from 'node:assert/strict';
import { commands, type Uri } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { api, closeEditors, lensesOf, predicted, relaxingLog, until, writeLog } from './support.ts';

describe('the format of a log', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  const titlesOf = async (log: Uri) => (await lensesOf(log)).map(({ command }) => command?.title);
  const choose = (log: Uri, format: string | null) => commands.executeCommand('ceilingLens.chooseFormat', log, format);
  /** Rows of numbers that are a table as well as a console's. */
  const log = () => writeLog('run.csv', relaxingLog(20));

  it('can be chosen over what was recognised, is shown as chosen, and can be taken back', async () => {
    const uri = log();
    assert.deepEqual(await titlesOf(uri), ['Predict ceiling', 'csv · 20 checkpoints · loss']);
    await predicted(lens, uri);
    await choose(uri, 'keras-csv');
    const chosen = await until('the other reading', () => {
      const record = lens.record(uri);
      return record?.status === 'forecast' && record.inspect?.isFormatChosen === true && record;
    });
    assert.equal(chosen.prediction?.report.format, 'keras-csv');
    await until('the lens', async () => (await titlesOf(uri))[1]?.startsWith('keras-csv (chosen) · 20 checkpoints'));
    await choose(uri, null);
    await until('what is recognised', () => {
      const record = lens.record(uri);
      return record?.status === 'forecast' && record.prediction?.report.format === 'csv';
    });
    await until('the lens', async () => (await titlesOf(uri))[1] === 'csv · 20 checkpoints · loss');
  });

  it('is remembered for the log and no other', async () => {
    const [one, other] = [log(), log()];
    await choose(one, 'keras-csv');
    const record = await lens.predict(one);
    assert.deepEqual([record.inspect?.format, record.inspect?.isFormatChosen], ['keras-csv', true]);
    assert.equal((await lens.predict(other)).inspect?.isFormatChosen, false);
    await choose(one, null);
  });

  it('that leads to nothing can be taken back where it is seen', async () => {
    const uri = log();
    await choose(uri, 'tfevents');
    assert.equal((await lens.predict(uri)).status, 'unrecognised');
    assert.deepEqual(await titlesOf(uri), ['tfevents (chosen) · nothing found']);
    assert.equal((await lensesOf(uri))[0]?.command?.command, 'ceilingLens.chooseFormat');
    await choose(uri, null);
    await until('the forecast', () => lens.record(uri)?.status === 'forecast');
  });
});
