import assert from 'node:assert/strict';
import test from 'node:test';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { decayToCome } from '../../../src/core/runs/learningRate.ts';
import type { Run } from '../../../src/core/runs/run.ts';
import { tableOf } from './tableOf.ts';

const steps = Array.from({ length: 40 }, (_, i) => 10 * i);
function runWith(rate: (share: number) => number, name = 'train/learning_rate'): Run {
  const rows = steps.map((step, i) => [step, 1 / (1 + step), rate(i / 39)]);
  const [run] = buildRuns(tableOf(['step', 'loss', name], rows), {});
  if (run === undefined) throw new Error('there is no run');
  return run;
}

const cosine = (share: number): number => 3e-4 * 0.5 * (1 + Math.cos(Math.PI * share));

test('a cosine that is half done is still to come, with what is left of its peak', () => {
  const found = decayToCome(runWith(cosine), 200);
  assert.ok(found !== null && Math.abs(found.left - 0.5) < 0.05);
  assert.ok(decayToCome(runWith(cosine, 'lr'), 200) !== null);
});

test('a schedule that has ended, stands or only warms up says nothing', () => {
  assert.equal(decayToCome(runWith(cosine), Number.POSITIVE_INFINITY), null);
  assert.equal(
    decayToCome(
      runWith(() => 1e-4),
      390,
    ),
    null,
  );
  assert.equal(
    decayToCome(
      runWith((share) => share),
      390,
    ),
    null,
  );
});

test('a log without a learning rate says nothing', () => {
  assert.equal(decayToCome(runWith(cosine, 'train/grad_norm'), 200), null);
  assert.equal(decayToCome(runWith(cosine, 'colr_jitter'), 200), null);
});
