import assert from 'node:assert/strict';
import test from 'node:test';
import { run } from '../../scripts/support/processes.mjs';

const skip = process.platform === 'win32' ? 'process groups are a matter of POSIX' : false;

test('a command gives its exit code and what it wrote', async () => {
  const { code, output, stopped } = await run(process.execPath, ['-e', 'console.log(7); process.exit(3)'], {
    keep: true,
  });
  assert.deepEqual({ code, output, stopped }, { code: 3, output: '7\n', stopped: false });
});

test('a command that is not there is an outcome, not an exception', { skip }, async () => {
  assert.equal((await run('/no/such/command', [], { keep: true })).code, 127);
});

test('a command over its time limit is stopped', { skip }, async () => {
  const { stopped } = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limitMs: 50 });
  assert.equal(stopped, true);
});

test('what a command leaves running in the background ends with it', { skip, timeout: 60_000 }, async () => {
  // The sleeper holds the output open: its end is what lets the outcome come before the time limit of this test.
  const { code } = await run('sh', ['-c', 'sleep 600 & exit 3'], { keep: true });
  assert.equal(code, 3);
});
