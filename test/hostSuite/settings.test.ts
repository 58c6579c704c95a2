import assert from 'node:assert/strict';
import { ConfigurationTarget, extensions, workspace } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { loggedTroubles } from './growingLogs.ts';
import { api, closeEditors, predicted, relaxingLog, until, writeLog } from './support.ts';

const configuration = () => workspace.getConfiguration('ceilingLens');
const set = (key: string, value: unknown) => configuration().update(key, value, ConfigurationTarget.Workspace);

describe('a setting that cannot be used', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(async () => {
    await closeEditors();
    for (const key of ['level', 'tolerance']) await set(key, undefined);
  });

  const warningsOf = (name: string) => loggedTroubles(lens).filter((line) => line.includes(`The setting ${name} is `));

  it('is named once, with its value and what is used', async () => {
    await set('level', 90);
    await set('tolerance', 'small');
    const first = await predicted(lens, writeLog('run.csv', relaxingLog(20)));
    assert.deepEqual([first.settings.level, first.settings.tolerance], [0.9, 0.01]);
    const level = 'The setting ceilingLens.level is 90, which is no number from 0.01 to 0.999; 0.9 is used instead.';
    const tolerance =
      'The setting ceilingLens.tolerance is "small", which is no number from 0.0001 to 0.5; 0.01 is used instead.';
    await until('the warnings', () => warningsOf('ceilingLens.tolerance').length > 0);
    assert.ok(warningsOf('ceilingLens.level')[0]?.endsWith(level), warningsOf('ceilingLens.level')[0]);
    assert.ok(warningsOf('ceilingLens.tolerance')[0]?.endsWith(tolerance), warningsOf('ceilingLens.tolerance')[0]);
    await predicted(lens, writeLog('other.csv', relaxingLog(21)));
    // What another value says comes after all that the second forecast may have said.
    await set('level', 1);
    await until('the warning of another value', () => warningsOf('ceilingLens.level').length > 1);
    assert.equal(warningsOf('ceilingLens.level').length, 2);
    assert.equal(warningsOf('ceilingLens.tolerance').length, 1);
  });

  it('is one outside of what package.json declares', async () => {
    const extension = extensions.getExtension('ceiling-lens.ceiling-lens') ?? assert.fail('It is not installed.');
    const declared: Readonly<Record<string, Readonly<Record<string, unknown>>>> =
      extension.packageJSON.contributes.configuration.properties;
    for (const [key, end] of [
      ['level', 'minimum'],
      ['level', 'maximum'],
      ['tolerance', 'minimum'],
      ['tolerance', 'maximum'],
    ] as const) {
      const value = declared[`ceilingLens.${key}`]?.[end];
      await set(key, value);
      const { settings } = await lens.predict(writeLog('run.csv', relaxingLog(20)));
      assert.equal(settings[key], value);
    }
  });
});
