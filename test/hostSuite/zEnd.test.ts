import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { api, lensesOf, sample, until } from './support.ts';

/** Last of the suites, as its name makes it: what it ends is not started again. */
describe('the extension', () => {
  it('leaves nothing behind when it ends', async () => {
    const lens = await api();
    await lensesOf(sample('identified/config.yaml'));
    await commands.executeCommand('ceilingLens.predict', sample('identified/run.csv'));
    await until('a forecast', () => lens.record(sample('identified/run.csv'))?.status === 'forecast');
    assert.ok(lens.liveDisposables() > 20, String(lens.liveDisposables()));
    const pid = await until('the language server', () => lens.serverPid());
    const ended = lens.end();
    assert.equal(lens.liveDisposables(), 0);
    assert.equal(lens.workerId, null);
    await ended;
    assert.ok(!isRunning(pid));
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}
