import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { compileKernel, kernelModule } from '../../scripts/support/kernel.mjs';

test('the kernel that is carried is what its sources compile to', async () => {
  const carried = readFileSync(kernelModule.path, 'utf8').replaceAll('\r\n', '\n');
  assert.equal(carried, kernelModule.textOf(await compileKernel()), 'run `npm run kernel`');
});
