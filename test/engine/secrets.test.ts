import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { unwatched } from '../../src/core/control.ts';
import { inspectionText } from '../../src/core/report/inspectionText.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';

/** Made up, in the form of a key of Hugging Face and in a form that only its name tells. */
const key = 'hf_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3f';
const password = 'correct-horse-battery';

const rows = (row: (i: number) => string): string => Array.from({ length: 6 }, (_, i) => row(i)).join('');
const style = { width: 100, isUnicode: true, isColoured: false };

/** Logs with secrets where settings, groups, names and broken lines stand. */
const logs: Readonly<Record<string, string>> = {
  'config.jsonl': `{"type": "config", "hub_token": "${key}"}\n${rows((i) => `{"step": ${i}, "loss": ${9 - i}, "api_key": "${password}", "note": "${key}"}\n`)}`,
  'names.jsonl': rows((i) => `{"step": ${i}, "loss": ${9 - i}, "${key}": ${i}, "password": 86753099}\n`),
  'torn.jsonl': `{"step": 0, "token": "${key}", \n${rows((i) => `{"step": ${i}, "loss": ${9 - i}}\n`)}`,
  'groups.csv': `run,step,loss\n${[key, 'b'].map((run) => rows((i) => `${run},${i},${9 - i}\n`)).join('')}`,
  'header.csv': `step,loss,${key}\n${rows((i) => `${i},${9 - i},1\n`)}`,
  'title.csv': `password=${password},,\nstep,loss,acc\n${rows((i) => `${i},${9 - i},1\n`)}`,
  'console.log': `wandb: logging in with key ${key}\n${rows((i) => `step ${i}: loss: ${9 - i}, ${key}: 3\n`)}`,
  'dict.log': rows((i) => `{'loss': ${9 - i}, 'epoch': ${i}, '${key}': 1, 'password': 86753099}\n`),
  'state.json': JSON.stringify({
    log_history: [1, 2, 3].map((step) => ({ step, loss: 3 / step, [key]: 1, note: key })),
  }),
  'mlruns/0/fedcba9876543210fedcba9876543210/metrics/loss': rows((i) => `170000000000${i} ${9 - i} ${i}\n`),
  'mlruns/0/fedcba9876543210fedcba9876543210/tags/mlflow.runName': `password=${password}`,
};

test('neither reports nor warnings nor refusals show a secret of a log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-'));
  try {
    for (const [path, content] of Object.entries(logs)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const engine = createNodeEngine();
    for (const path of ['', 'mlruns/0', ...Object.keys(logs)]) {
      const full = join(folder, path);
      const { report } = await engine.open(full, {}, unwatched);
      const shown = [JSON.stringify(report), inspectionText(report, style)];
      for (const choices of [{}, { x: 'none' }, { where: ['run=none'] }, { solver: 'none' }]) {
        const request = { choices, until: null, at: null, level: 0.9, tolerance: 0.01 };
        await engine.predict(full, request, unwatched).then(
          (prediction) => shown.push(JSON.stringify(prediction)),
          (error: unknown) => shown.push(String(error)),
        );
      }
      for (const text of shown) {
        assert.ok(!text.includes(key), path);
        assert.ok(!text.includes(password), path);
        assert.ok(!text.includes('86753099'), path);
      }
      await engine.close(full);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
