import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwatched } from '../../src/core/control.ts';
import { Refusal } from '../../src/core/problem.ts';
import type { PredictRequest } from '../../src/core/report/prediction.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { inFolder } from '../support/inFolder.ts';

const table = `epoch,solver,verifier\n${Array.from({ length: 12 }, (_, i) => `${i},${1 / (i + 1)},${0.5 / (i + 1)}\n`).join('')}`;

const asked = (format: string): PredictRequest => ({
  choices: { format },
  at: null,
  until: null,
  level: 0.9,
  tolerance: 0.01,
});

const saidOf = async (path: string, format: string): Promise<string> => {
  const engine = createNodeEngine();
  try {
    await engine.predict(path, asked(format), unwatched);
    return '';
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error.message;
  } finally {
    await engine.close(path);
  }
};

const problemsOf = async (path: string, format: string): Promise<readonly string[]> => {
  const engine = createNodeEngine();
  const { report } = await engine.open(path, { format }, unwatched).finally(() => engine.close(path));
  return report.problems.map(({ code }) => code);
};

test('of a format that does not fit the log it is said that nothing reads as it, what it looks like, and what to do', () =>
  inFolder({ 'run.csv': table }, async (folder) => {
    for (const format of ['wandb', 'tfevents', 'verl-console', 'jsonl', 'hf-trainer-state']) {
      assert.equal(
        await saidOf(join(folder, 'run.csv'), format),
        `Nothing in run.csv reads as ${format}, the format that was chosen; it looks like csv. Leave the format out, or choose csv.`,
      );
      assert.ok((await problemsOf(join(folder, 'run.csv'), format)).includes('wrong-format'));
    }
  }));

test('what is no log as any format is not promised to be one', () =>
  inFolder(
    { 'notes.txt': 'Nothing here but words.\n', 'main.py': 'import os\n\ndef main():\n    pass\n' },
    async (folder) => {
      assert.match(
        await saidOf(join(folder, 'notes.txt'), 'jsonl'),
        /reads as jsonl, .*Leave the format out to be told/,
      );
      assert.match(await saidOf(join(folder, 'main.py'), 'csv'), /reads as csv, .*Leave the format out to be told/);
    },
  ));

test('a log that is empty yet, and one that reads as what was chosen, are as they were', () =>
  inFolder({ 'empty.log': '', 'run.csv': table }, async (folder) => {
    assert.match(await saidOf(join(folder, 'empty.log'), 'jsonl'), /no series of numbers to forecast yet/);
    assert.equal(await saidOf(join(folder, 'run.csv'), 'csv'), '');
    assert.ok(!(await problemsOf(join(folder, 'run.csv'), 'csv')).includes('wrong-format'));
  }));

test('a log without a series yet says what was wrong with what is there', () =>
  inFolder({ 'trainer_state.json': '{"log_history": [' }, async (folder) => {
    const engine = createNodeEngine();
    const path = join(folder, 'trainer_state.json');
    await assert.rejects(
      engine.predict(path, { ...asked(''), choices: {} }, unwatched),
      /has no series of numbers to forecast yet\. .*the file ends inside its history/,
    );
    await engine.close(path);
  }));
