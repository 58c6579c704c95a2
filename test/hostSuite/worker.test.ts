import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { commands } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { api, closeEditors, sample, until, writeLog } from './support.ts';

/** Eight series of 3000 rows: its forecast takes long enough to act in the middle of it. */
function longLog(): Uri {
  const names = Array.from({ length: 8 }, (_, i) => `task${i}/loss`);
  const rows = Array.from({ length: 3000 }, (_, step) =>
    [
      step,
      ...names.map((_, i) => (0.1 * i + Math.exp(-step / (300 + 90 * i)) + 0.01 * Math.sin(step * (i + 2))).toFixed(6)),
    ].join(','),
  );
  return writeLog('run.csv', `step,${names.join(',')}\n${rows.join('\n')}\n`);
}

describe('the worker', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  async function inTheMiddleOfAFit(): Promise<Uri> {
    const log = longLog();
    await commands.executeCommand('ceilingLens.predict', log);
    await until('a fit under way', () => {
      const record = lens.record(log);
      return record?.status === 'forecasting' && record.progress !== null;
    });
    return log;
  }

  const forecastOf = (log: Uri) => until('the forecast', () => lens.record(log)?.status === 'forecast');

  it('that dies in the middle of a fit is replaced by another, which makes the forecast', async () => {
    const log = await inTheMiddleOfAFit();
    const died = lens.workerId;
    lens.killWorker();
    await forecastOf(log);
    assert.notEqual(lens.workerId, died);
  });

  it('stops a fit that is cancelled, and makes the next', async () => {
    const log = await inTheMiddleOfAFit();
    lens.cancel(log);
    assert.equal(lens.record(log)?.status, 'cancelled');
    assert.match(lens.record(log)?.failure?.message ?? '', /Cancelled/);
    assert.equal((await lens.predict(sample('identified/run.csv'))).status, 'forecast');
    assert.equal(lens.record(log)?.status, 'cancelled');
  });

  it('that dies twice in a row stays down until it is asked again', async () => {
    const log = await inTheMiddleOfAFit();
    const first = lens.workerId;
    lens.killWorker();
    await until('the second worker', () => lens.workerId !== null && lens.workerId !== first);
    lens.killWorker();
    const { message } = await until('the failure', () => lens.record(log)?.failure);
    assert.match(message, /stopped twice in a row/);
    assert.equal((await lens.predict(sample('identified/run.csv'))).status, 'forecast');
  });
});
