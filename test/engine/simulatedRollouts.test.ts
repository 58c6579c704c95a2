import assert from 'node:assert/strict';
import test from 'node:test';
import { unwatched } from '../../src/core/control.ts';
import { buildRuns } from '../../src/core/runs/buildRuns.ts';
import type { Series } from '../../src/core/runs/run.ts';
import { noCache } from '../../src/engine/diskCache.ts';
import { DumpReader } from '../../src/engine/dumpReader.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { listFolder } from '../../src/engine/listFolder.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { inFolder } from '../support/inFolder.ts';
import { chanceAt, simulatedDump, wrongAnswers } from '../support/simulatedDump.ts';

const shape = { steps: 60, prompts: 64, samples: 8 };

const overPrompts = (of: (prompt: number) => number): number =>
  Array.from({ length: shape.prompts }, (_, prompt) => of(prompt)).reduce((a, b) => a + b, 0) / shape.prompts;

/** Chance that the majority of k responses is right, ties shared, by going through all counts of the right answer and of the wrong ones. */
function majorityChance(chance: number, k: number): number {
  const wrong = (1 - chance) / wrongAnswers;
  const go = (answer: number, left: number, most: number, ties: number, right: number): number => {
    if (answer > wrongAnswers) return left === 0 ? (right > most ? 1 : right === most ? 1 / (ties + 1) : 0) : 0;
    let sum = 0;
    let ways = 1;
    for (let count = 0; count <= left; count += 1) {
      if (count > 0) ways *= (left - count + 1) / count;
      const p = (answer === 0 ? chance : wrong) ** count * ways;
      if (answer === 0) sum += p * go(1, left - count, 0, 0, count);
      else if (count > most) sum += p * go(answer + 1, left - count, count, 1, right);
      else sum += p * go(answer + 1, left - count, most, count === most ? ties + 1 : ties, right);
    }
    return sum;
  };
  return go(0, k, 0, 0, 0);
}

async function seriesOf(folder: string): Promise<readonly Series[]> {
  const reader = new DumpReader(folder, {
    openSource: (path) => Promise.resolve(new FileSource(path)),
    cache: noCache,
  });
  const { runs } = await reader.refresh((await listFolder(folder)) ?? [], unwatched);
  const [run] = runs;
  assert.ok(run !== undefined);
  return buildRuns(run.table, {})[0]?.series ?? [];
}

test('a simulated run is recovered within its own intervals: pass@k and maj@k', async () => {
  await inFolder(simulatedDump({ ...shape, seed: 5 }), async (folder) => {
    const series = await seriesOf(folder);
    const truths: readonly (readonly [string, (chance: number) => number])[] = [
      ['score/mean@8', (chance) => chance],
      ...[2, 4, 8].map((k) => [`score/best@${k}`, (chance: number) => 1 - (1 - chance) ** k] as const),
      ...[2, 4, 8].map((k) => [`score/maj@${k}`, (chance: number) => majorityChance(chance, k)] as const),
    ];
    for (const [name, truth] of truths) {
      const found = series.find((one) => one.name === name);
      assert.ok(found?.standardErrors !== undefined, name);
      const { x, y, standardErrors } = found;
      assert.equal(x.length, shape.steps);
      let squares = 0;
      let bias = 0;
      for (let i = 0; i < x.length; i += 1) {
        const expected = overPrompts((prompt) => truth(chanceAt(x[i] ?? 0, prompt, shape.prompts)));
        const off = ((y[i] ?? 0) - expected) / (standardErrors[i] ?? 1);
        squares += off * off;
        bias += off;
      }
      // The prompts are the same at each step, so that errors over prompts are on the safe side: deviations are at most 1, not 1 on average.
      const rms = Math.sqrt(squares / x.length);
      assert.ok(rms > 0.2 && rms < 1.15, `${name}: root mean square of ${rms} standard errors`);
      assert.ok(Math.abs(bias / x.length) < 0.4, `${name}: ${bias / x.length} standard errors off on average`);
    }
  });
});

test('the forecast of a simulated dump holds the limits that its solver and verifier go to', async () => {
  await inFolder(simulatedDump({ ...shape, seed: 9 }), async (folder) => {
    const engine = createNodeEngine();
    const { report, drawings } = await engine.predict(
      folder,
      { choices: {}, at: null, until: null, level: 0.95, tolerance: 0.01 },
      unwatched,
    );
    await engine.close(folder);
    assert.equal(report.format, 'rollouts');
    const end = (truth: (chance: number) => number): number =>
      overPrompts((prompt) => truth(chanceAt(1e6, prompt, shape.prompts)));
    for (const [role, truth] of [
      ['solver', end((chance) => chance)],
      ['verifier', end((chance) => majorityChance(chance, 8))],
    ] as const) {
      const series = report.series.find((one) => one.role === role);
      assert.ok(series !== undefined && series.limit !== null, `${role}: ${series?.reason}`);
      const { lower, upper } = series.limit;
      assert.ok(lower <= truth && truth <= upper, `${role}: ${truth} is not in ${lower} to ${upper}`);
    }
    const solver = drawings.find(({ role }) => role === 'solver');
    assert.equal(solver?.errors.length, solver?.x.length);
    assert.ok(solver?.errors.every((error) => error > 0.01 && error < 0.1));
  });
});
