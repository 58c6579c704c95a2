import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { commands, TabInputCustom, window } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { event, firstRecord, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes } from '../support/encodeProtobuf.ts';
import { api, closeEditors, until, writeLog } from './support.ts';

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

  it('is let go of when its editor is closed', async () => {
    const log = writeLog('events.out.tfevents.1700000001.box.1.0', joinBytes(firstRecord, events(1, 14)));
    await commands.executeCommand('vscode.open', log);
    await until('its forecast', () => lens.record(log)?.status === 'forecast');
    await closeEditors();
    await until('its end', () => lens.record(log) === undefined);
  });
});
