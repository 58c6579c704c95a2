import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import {
  api,
  closeEditors,
  lensesOf,
  predicted,
  relaxingLog,
  relaxingRows,
  sample,
  until,
  writeLog,
} from './support.ts';

describe('a log that is followed', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  const predict = (uri: Uri) => predicted(lens, uri);
  const forecastOf = (log: Uri, count: number) =>
    until(`a forecast of ${count} rows`, () => {
      const record = lens.record(log);
      return record?.status === 'forecast' && record.prediction?.report.x.count === count && record;
    });

  it('reads only what was appended when the log grows', async () => {
    const log = writeLog('run.csv', relaxingLog(10));
    const before = await predict(log);
    const appended = relaxingRows(10, 6);
    appendFileSync(log.fsPath, appended);
    const after = await until('a forecast of all rows', () => {
      const record = lens.record(log);
      return record?.status === 'forecast' && record.prediction?.report.x.count === 16 && record;
    });
    assert.equal(after.bytesRead, appended.length);
    assert.equal(after.revision, before.revision + 1);
  });

  it('starts over when the log was replaced by a shorter one', async () => {
    const log = writeLog('run.csv', relaxingLog(12));
    await predict(log);
    const shorter = relaxingLog(7);
    writeFileSync(`${log.fsPath}.new`, shorter);
    renameSync(`${log.fsPath}.new`, log.fsPath);
    const after = await until('a forecast of the new log', () => {
      const record = lens.record(log);
      return record?.status === 'forecast' && record.prediction?.report.x.count === 7 && record;
    });
    assert.equal(after.bytesRead, shorter.length);
  });

  it('says that a log has vanished, and goes on when it is back', async () => {
    const log = writeLog('run.csv', relaxingLog(10));
    await predict(log);
    rmSync(log.fsPath);
    const gone = await until('the failure', () => lens.record(log)?.failure);
    assert.match(gone.message, /run\.csv is not there/);
    writeFileSync(log.fsPath, relaxingLog(11));
    await until('a forecast of the log that is back', () => {
      const record = lens.record(log);
      return record?.status === 'forecast' && record.prediction?.report.x.count === 11;
    });
  });

  it('starts over when it was cut, and says so among what was noticed', async () => {
    const log = writeLog('run.csv', relaxingLog(12));
    await predict(log);
    truncateSync(log.fsPath, relaxingLog(7).length);
    const after = await forecastOf(log, 7);
    assert.match(
      after.prediction?.report.warnings.map(({ message }) => message).join() ?? '',
      /run\.csv was cut or replaced while it was followed/,
    );
  });

  it('keeps what was read of it when it is renamed, and takes up the log that is begun in its place', async () => {
    const log = writeLog('run.csv', relaxingLog(12));
    await predict(log);
    renameSync(log.fsPath, `${log.fsPath}.1`);
    await until('the failure', () => lens.record(log)?.failure);
    assert.equal(lens.record(log)?.prediction?.report.x.count, 12);
    writeFileSync(log.fsPath, 'epoch,loss\n0,5.0\n1,4.0\n2,3.5\n3,3.2\n4,3.1\n');
    const after = await forecastOf(log, 5);
    assert.equal(after.prediction?.report.series[0]?.first, 5);
    assert.equal(after.failure, null);
  });

  it('is not forecast anew for lines without a record', async () => {
    const line = (step: number) => `step ${step}: train loss ${(0.2 + Math.exp(-step / 40)).toFixed(4)}\n`;
    const lines = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => line(10 * (from + i))).join('');
    const log = writeLog('train.log', lines(0, 20));
    const before = await predict(log);
    appendFileSync(log.fsPath, 'saving the model\n');
    const size = Buffer.byteLength(`${lines(0, 20)}saving the model\n`);
    const after = await until('the line to be read', () => {
      const record = lens.record(log);
      return record?.inspect?.bytes === size && record.status === 'forecast' && record;
    });
    assert.equal(after.revision, before.revision);
    assert.equal(after.prediction, before.prediction);
  });

  it('is not forecast while its panel is hidden, and is when it is shown again', async () => {
    const log = writeLog('run.csv', relaxingLog(10));
    await lensesOf(log);
    await predict(log);
    const beside = window.tabGroups.all.find(({ tabs }) => tabs.some(({ label }) => label === 'Ceiling of run.csv'));
    const cover = await workspace.openTextDocument(sample('identified/config.yaml'));
    await window.showTextDocument(cover, { viewColumn: beside?.viewColumn ?? 2, preview: false });
    appendFileSync(log.fsPath, relaxingRows(10, 6));
    // The lens reads on; were it forecast, it would be in the same pass.
    const hidden = await until('the lens to know', () => {
      const record = lens.record(log);
      return record?.inspect?.runs[0]?.x.count === 16 && record.status === 'recognised' && record;
    });
    assert.equal(hidden.prediction?.report.x.count, 10);
    await predict(log);
    await forecastOf(log, 16);
  });

  it('shows the last of many changes at once, however many come', async () => {
    const log = writeLog('run.csv', relaxingLog(10));
    await predict(log);
    for (let row = 10; row < 60; row++) {
      appendFileSync(log.fsPath, relaxingRows(row, 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await forecastOf(log, 60);
  });

  it('is followed too where it is a folder in which a file grows that came long ago', async () => {
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => {
        const step = from + i;
        return `${1_700_000_000_000 + 1000 * step} ${(0.2 + 0.8 * Math.exp(-step / 6)).toFixed(6)} ${step}\n`;
      }).join('');
    const metric = writeLog('loss', rows(0, 14));
    const run = Uri.joinPath(metric, '../mlruns/0/0123456789abcdef0123456789abcdef');
    const metrics = Uri.joinPath(run, 'metrics').fsPath;
    mkdirSync(metrics, { recursive: true });
    renameSync(metric.fsPath, join(metrics, 'loss'));
    for (const folder of [metrics, run.fsPath]) utimesSync(folder, 1_700_000_000, 1_700_000_000);
    const followed = lens.follow(run);
    try {
      await forecastOf(run, 14);
      appendFileSync(join(metrics, 'loss'), rows(14, 4));
      await forecastOf(run, 18);
    } finally {
      followed.dispose();
    }
  });
});
