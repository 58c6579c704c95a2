import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/support/paths.mjs';
import { Workbench } from '../support/workbench.ts';

/** Real logs of other people's runs, which are no part of the project. */
const logs = join(root, '../shared/logs');
const isThere = existsSync(logs);

const files: readonly { readonly name: string; readonly from: string; readonly isBinary?: true }[] = [
  { name: 'verl.log', from: 'verl/qwen25-05b-gsm8k-ppo.log' },
  { name: 'trainer_state.json', from: 'trainer-state/clean-code-dpo.json' },
  { name: 'metrics.csv', from: 'lightning-csv/camels-v19.csv' },
  { name: 'events.out.tfevents.1', from: 'tfevents/hf-trainer-gpt', isBinary: true },
  { name: 'run.wandb', from: 'wandb/grpo-chaos-economy', isBinary: true },
];

/** The log itself, or the first of its kind below a folder. */
function sourceOf(from: string): string {
  const path = join(logs, from);
  if (/\.(log|json|csv)$/.test(from)) return path;
  const found = readdirSync(path, { recursive: true, encoding: 'utf8' }).find((name) => /tfevents|\.wandb$/.test(name));
  assert.ok(found !== undefined, `There is no log below ${path}.`);
  return join(path, found);
}

test('real logs of five kinds are opened and predicted', {
  skip: isThere ? false : '../shared/logs is not there',
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-real-'));
  let workbench: Workbench | undefined;
  t.before(async () => {
    for (const { name, from } of files) copyFileSync(sourceOf(from), join(folder, name));
    workbench = await Workbench.start({ workspace: folder });
  });
  t.after(async () => {
    await workbench?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const { name, isBinary } of files) {
    await t.test(name, async () => {
      if (workbench === undefined) throw new Error('The workbench did not start.');
      if (isBinary === undefined) {
        await workbench.open(name);
        await workbench.codeLens('Predict ceiling').click();
      } else {
        // A file that is opened before VS Code knows of the extension gets no editor of its own.
        await workbench.open('metrics.csv');
        await workbench.codeLens('Predict ceiling').waitFor();
        await workbench.openFromExplorer(name);
      }
      // Panels of before may be restored beside it.
      const panel = await workbench.webview(`body[data-ready="ready"]:has-text("${name}")`);
      assert.match(await panel.locator('h1').innerText(), /heading for|[Tt]oo early|[Nn]o trend|ceiling/);
      await workbench.screenshot(`real-${name}`);
      await workbench.closeEditors();
    });
  }
});
