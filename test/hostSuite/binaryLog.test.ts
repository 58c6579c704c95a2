import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { commands, TabInputCustom, window } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { event, firstRecord, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes } from '../support/encodeProtobuf.ts';
import { encodeSqlite } from '../support/encodeSqlite.ts';
import { api, closeEditors, relaxingLog, until, writeLog } from './support.ts';

const events = (from: number, count: number): Uint8Array =>
  joinBytes(
    ...Array.from({ length: count }, (_, i) => {
      const step = from + i;
      return event({ step, values: [simpleValue('train/loss', 0.2 + 0.8 * Math.exp(-step / 6))] });
    }),
  );

describe('a binary log', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  it('opens as the page of its forecast, which grows with it', async () => {
    const log = writeLog('events.out.tfevents.1700000000.box.1.0', joinBytes(firstRecord, events(1, 14)));
    await commands.executeCommand('vscode.open', log);
    const countOf = (count: number) => () =>
      lens.record(log)?.status === 'forecast' && lens.record(log)?.prediction?.report.x.count === count;
    await until('its forecast', countOf(14));
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof TabInputCustom && input.viewType === 'ceilingLens.binaryLog');
    const more = events(15, 4);
    appendFileSync(log.fsPath, more);
    await until('the forecast of all of it', countOf(18));
    assert.equal(lens.record(log)?.bytesRead, more.length);
  });

  const metricsSql =
    'CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan INT)';
  const database = encodeSqlite([
    {
      name: 'metrics',
      sql: metricsSql,
      rows: Array.from({ length: 14 }, (_, i) => [
        'loss',
        0.2 + 0.8 * Math.exp(-i / 6),
        1_700_000_000_000 + i,
        'a',
        i,
        0,
      ]),
    },
    { name: 'latest_metrics', sql: 'CREATE TABLE latest_metrics (key TEXT)', rows: [] },
    { name: 'runs', sql: 'CREATE TABLE runs (run_uuid TEXT, name TEXT, start_time BIGINT)', rows: [['a', 'one', 100]] },
  ]);
  for (const [name, content] of [
    ['mlruns.db', database],
    ['train.log.gz', gzipSync(relaxingLog(14))],
    ['events.out.tfevents.1700000002.box.1.0.gz', gzipSync(joinBytes(firstRecord, events(1, 14)))],
  ] as const) {
    it(`that is called ${name} opens so too`, async () => {
      const log = writeLog(name, content);
      await commands.executeCommand('vscode.open', log);
      await until('its forecast', () => lens.record(log)?.prediction?.report.x.count === 14);
      const input = window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof TabInputCustom && input.viewType === 'ceilingLens.binaryLog');
    });
  }

  for (const [name, content] of [
    ['metrics.csv.gz', gzipSync(relaxingLog(14))],
    ['tracking.sqlite', database],
  ] as const) {
    it(`that need not be one by its name, as ${name}, opens so where the user says so`, async () => {
      const log = writeLog(name, content);
      await commands.executeCommand('vscode.openWith', log, 'ceilingLens.packedLog');
      await until('its forecast', () => lens.record(log)?.prediction?.report.x.count === 14);
    });
  }

  it('is let go of when its editor is closed', async () => {
    const log = writeLog('events.out.tfevents.1700000001.box.1.0', joinBytes(firstRecord, events(1, 14)));
    await commands.executeCommand('vscode.open', log);
    await until('its forecast', () => lens.record(log)?.status === 'forecast');
    await closeEditors();
    await until('its end', () => lens.record(log) === undefined);
  });
});
