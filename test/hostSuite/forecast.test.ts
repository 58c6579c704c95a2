import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationTarget, commands, Uri, window, workspace } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { simulatedDump } from '../support/simulatedDump.ts';
import { api, closeEditors, predicted, sample, until, writeLog } from './support.ts';

describe('the forecast of a log', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  const predict = (uri: Uri) => predicted(lens, uri);

  it('opens in a panel beside the editor, which keeps the focus', async () => {
    const log = sample('identified/run.csv');
    await window.showTextDocument(await workspace.openTextDocument(log));
    await commands.executeCommand('ceilingLens.predict');
    await until('the panel', () => lens.panels.some((uri) => String(uri) === String(log)));
    const tab = await until('its tab', () =>
      window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'Ceiling of run.csv'),
    );
    assert.notEqual(tab.group.viewColumn, window.activeTextEditor?.viewColumn);
    assert.equal(String(window.activeTextEditor?.document.uri), String(log));
  });

  it('says where the run ends, with the interval that holds the truth', async () => {
    const { prediction } = await predict(sample('identified/run.csv'));
    const [solver] = prediction?.report.series ?? [];
    assert.equal(solver?.verdict, 'identified');
    assert.ok(solver.limit !== null && solver.limit.lower < 0.167 && 0.167 < solver.limit.upper);
    assert.match(prediction?.report.sentence ?? '', /heading for/);
  });

  it('is one panel a log, however often it is asked for', async () => {
    const log = sample('identified/run.csv');
    await predict(log);
    await predict(log);
    assert.equal(lens.panels.filter((uri) => String(uri) === String(log)).length, 1);
  });

  it('takes the roles that the settings give', async () => {
    const log = sample('accuracy/metrics.jsonl');
    const before = await predict(log);
    const solverOf = (record: typeof before) =>
      record.prediction?.report.series.find(({ role }) => role === 'solver')?.name;
    const verifier = before.prediction?.report.series.find(({ role }) => role === 'verifier')?.name;
    assert.ok(verifier !== undefined && solverOf(before) !== verifier);
    const settings = workspace.getConfiguration('ceilingLens', log);
    try {
      await settings.update('solver', verifier, ConfigurationTarget.Workspace);
      await until('the other solver', () => {
        const record = lens.record(log);
        return record?.status === 'forecast' && solverOf(record) === verifier;
      });
    } finally {
      await settings.update('solver', undefined, ConfigurationTarget.Workspace);
    }
    await until('the solver found by name', () => {
      const record = lens.record(log);
      return record?.status === 'forecast' && solverOf(record) !== verifier;
    });
  });

  it('is found in a run folder', async () => {
    await commands.executeCommand('ceilingLens.predict', sample('accuracy'));
    await until('the panel of the log in it', () =>
      lens.panels.some(({ path }) => path.endsWith('accuracy/metrics.jsonl')),
    );
  });
});

describe('a folder of sampled responses', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  it('is forecast as one log, and read on when a step is added', async () => {
    const { '1.jsonl': first = '', ...others } = simulatedDump({ steps: 40, prompts: 16, samples: 4, seed: 2 });
    const folder = Uri.joinPath(writeLog('1.jsonl', first), '..');
    const { '40.jsonl': last = '', ...written } = others;
    for (const [name, text] of Object.entries(written)) writeFileSync(join(folder.fsPath, name), text);
    await commands.executeCommand('ceilingLens.predict', folder);
    await until('its panel', () => lens.panels.some(({ path }) => path === folder.path));
    const { inspect, prediction } = await predicted(lens, folder);
    assert.deepEqual([inspect?.format, inspect?.runs[0]?.x.count], ['rollouts', 39]);
    const names = prediction?.report.series.map(({ role, name }) => [role, name]).slice(0, 2);
    assert.deepEqual(names, [
      ['solver', 'score/mean@4'],
      ['verifier', 'score/maj@4'],
    ]);
    writeFileSync(join(folder.fsPath, '40.jsonl'), last);
    await until('the new step', () => lens.record(folder)?.inspect?.runs[0]?.x.count === 40);
  });
});

describe('a log that cannot be forecast', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });

  it('that is empty is said to be', async () => {
    const { status, inspect } = await lens.predict(writeLog('run.csv', ''));
    assert.equal(status, 'unrecognised');
    assert.match(inspect?.because ?? '', /empty/);
  });

  it('that is binary garbage is said to be', async () => {
    const garbage = Uint8Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 251) & (i % 3 === 0 ? 0 : 255));
    const { status, inspect } = await lens.predict(writeLog('run.log', garbage));
    assert.equal(status, 'unrecognised');
    assert.match(inspect?.because ?? '', /binary/);
  });

  it('that is not there is said not to be', async () => {
    const { status, failure } = await lens.predict(sample('nowhere/run.csv'));
    assert.equal(status, 'failed');
    assert.match(failure?.message ?? '', /nowhere\/run\.csv is not there; check the path/);
  });

  it('that is a folder without one is said to be', async () => {
    const folder = Uri.joinPath(writeLog('notes.md', 'Nothing was logged.\n'), '..');
    const { status, inspect } = await lens.predict(folder);
    assert.equal(status, 'unrecognised');
    assert.match(inspect?.because ?? '', /none of the \d+ files in the folder is a log/);
  });

  it('that lies on no disk is said to', async () => {
    const { failure } = await lens.predict(Uri.parse('untitled:run.csv'));
    assert.match(failure?.message ?? '', /not on a disk/);
  });
});
