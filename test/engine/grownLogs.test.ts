import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { unwatched } from '../../src/core/control.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';

const logs = '../shared/logs';
/** Logs as they were found; each is written again in pieces that end anywhere, as a run would. */
const found = [
  'tfevents/torch-slr-steps-and-epochs/events.out.tfevents.1754050433.luke-PPB660M-C.474684.0',
  'tfevents/hf-truncated/events.out.tfevents.1711136668.MacBook-Air-77.local.14859.0',
  'wandb/vrp-crashed/run-upg00iqo.wandb',
  'wandb/olmo-middle-fragments/run-ou4113tj.wandb',
  'swanlab/adapter-round5/run-20260531_190548-kd4v3b6ndym9m725v4d7q/backup.swanlab',
  'jsonl-metrics/detr-log.txt',
  'jsonl-metrics/memory-redteam-grpo-stage2-duplicates.jsonl',
  'llamafactory/sft-two-writers-resumed.jsonl',
  'rllib/qbert-apex-progress-truncated.csv',
  'lightning-csv/camels-v19.csv',
  'sb3/bipedal-ppo-env0.monitor.csv',
  'yolo/spikeyolo-23m.csv',
];

for (const path of found) {
  const log = join(logs, path);
  test(`${path}: followed while it is written it is what it is when it is read at once`, {
    skip: existsSync(log) ? false : 'the collection of real logs is not there',
  }, async () => {
    const bytes = readFileSync(log);
    const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-'));
    const copy = join(folder, basename(path));
    try {
      const engine = createNodeEngine();
      writeFileSync(copy, '');
      let written = 0;
      for (const share of [0.11, 0.29, 0.3, 0.53, 0.871, 1]) {
        const end = Math.floor(share * bytes.length);
        appendFileSync(copy, bytes.subarray(written, end));
        written = end;
        await engine.open(copy, {}, unwatched);
      }
      const { report: followed } = await engine.open(copy, {}, unwatched);
      await engine.close(copy);
      const { report: atOnce } = await createNodeEngine().open(copy, {}, unwatched);
      assert.deepEqual(
        [followed.format, followed.runs, followed.problems],
        [atOnce.format, atOnce.runs, atOnce.problems],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
