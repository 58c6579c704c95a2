import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { event, firstRecord, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes } from '../support/encodeProtobuf.ts';
import { onWorkbench, type Workbench } from '../support/workbench.ts';

const inWorkbench = onWorkbench();

/** A test that leaves no editor open to the next. */
function check(title: string, action: (workbench: Workbench) => Promise<void>): void {
  inWorkbench(title, async (workbench) => {
    await action(workbench);
    await workbench.closeEditors();
  });
}

/** Opens a log and clicks its lens. */
async function predict(workbench: Workbench, log: string): Promise<FrameLocator> {
  await workbench.open(log);
  await workbench.codeLens('Predict ceiling').click();
  return workbench.webview('body[data-ready="ready"]');
}

/** How many colours the chart's opaque pixels have. */
async function chartColours(panel: FrameLocator): Promise<number> {
  return panel
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const colours = new Set<string>();
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] === 255) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      return colours.size;
    });
}

check('a reload of the window brings back the panel and what was chosen in it', async (workbench) => {
  const panel = await predict(workbench, 'identified/run.csv');
  await panel.getByLabel('interval', { exact: true }).selectOption('0.5');
  await panel.getByRole('columnheader', { name: /^50/ }).waitFor();
  await workbench.reload();
  const restored = await workbench.webview('body[data-ready="ready"]');
  assert.equal(await restored.getByLabel('interval', { exact: true }).inputValue(), '0.5');
  await restored.getByRole('columnheader', { name: /^50/ }).waitFor();
  assert.ok((await chartColours(restored)) > 10, 'The chart is blank.');
});

check('another format is chosen from the lens, shown as chosen after a reload, and taken back', async (workbench) => {
  await workbench.open('identified/run.csv');
  await workbench.codeLens(/csv · 20 checkpoints/).click();
  const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: 'csv, now' }).waitFor();
  await workbench.screenshot('format-choice');
  await rows.filter({ hasText: 'keras-csv' }).click();
  await workbench.codeLens(/keras-csv \(chosen\) · 20 checkpoints/).waitFor();
  await workbench.codeLens('Predict ceiling').click();
  const panel = await workbench.webview('body[data-ready="ready"]');
  await panel.getByText(/keras-csv \(chosen\)/).waitFor();
  await workbench.screenshot('format-chosen');
  await workbench.reload();
  await (await workbench.webview('body[data-ready="ready"]')).getByText(/keras-csv \(chosen\)/).waitFor();
  const restored = await workbench.webview('body[data-ready="ready"]');
  await restored.getByRole('tab', { name: /^Data/ }).click();
  await restored.getByRole('button', { name: 'Take back the choice' }).click();
  await workbench.codeLens(/^csv · 20 checkpoints/).waitFor();
});

check('a reload of the window brings back a binary log as it was, and what was chosen in it', async (workbench) => {
  const events = Array.from({ length: 14 }, (_, step) =>
    event({ step, values: [simpleValue('train/loss', 0.2 + 0.8 * Math.exp(-step / 6))] }),
  );
  const name = 'events.out.tfevents.1700000000.box.1.0';
  writeFileSync(join(workbench.workspace, name), joinBytes(firstRecord, ...events));
  // A file that is opened before VS Code knows of the extension gets no editor of its own.
  await workbench.open('identified/run.csv');
  await workbench.codeLens('Predict ceiling').waitFor();
  await workbench.openFromExplorer(name);
  const page = await workbench.webview('body[data-ready="ready"]');
  await page.getByLabel('interval', { exact: true }).selectOption('0.5');
  await page.getByRole('columnheader', { name: /^50/ }).waitFor();
  await page.getByRole('tab', { name: 'Table' }).click();
  await workbench.reload();
  const restored = await workbench.webview('body[data-ready="ready"]');
  await restored.getByRole('tab', { name: 'Table', selected: true }).waitFor();
  assert.equal(await restored.getByLabel('interval', { exact: true }).inputValue(), '0.5');
  await restored.getByRole('tab', { name: 'Limits' }).click();
  await restored.getByRole('columnheader', { name: /^50/ }).waitFor();
});

check('all of it works by keyboard alone', async (workbench) => {
  await workbench.open('identified/run.csv');
  await workbench.codeLens('Predict ceiling').waitFor();
  const { keyboard } = workbench.page;
  await keyboard.press('F1');
  await keyboard.type('Ceiling Lens: Predict Ceiling');
  const row = workbench.page.locator('.quick-input-list .monaco-list-row.focused', {
    hasText: 'Ceiling Lens: Predict Ceiling',
  });
  await row.waitFor();
  await keyboard.press('Enter');
  const panel = await workbench.webview('body[data-ready="ready"]');
  await keyboard.press('Control+2');
  const hasFocus = () => panel.locator('body').evaluate(() => document.hasFocus());
  for (let tries = 0; !(await hasFocus()); tries++) {
    assert.ok(tries < 200, 'The panel does not get the focus.');
    await workbench.page.waitForTimeout(50);
  }
  const stage = panel.locator('.stage:focus');
  for (let presses = 0; (await stage.count()) === 0; presses++) {
    assert.ok(presses < 20, 'The chart is not reached by Tab.');
    await keyboard.press('Tab');
  }
  await keyboard.press('ArrowLeft');
  await panel
    .locator('.chart [aria-live=polite]')
    .getByText(/solver 0\.\d+/)
    .waitFor();
});

check('a log that holds nothing is answered by a sentence', async (workbench) => {
  writeFileSync(join(workbench.workspace, 'identified/empty.csv'), '');
  await workbench.open('identified/empty.csv');
  await workbench.runCommand('Ceiling Lens: Predict Ceiling');
  const panel = await workbench.webview('body[data-ready="unrecognised"]');
  await panel.getByText(/empty\.csv is not recognised as a training log: it is empty/).waitFor();
});

check('a run folder in the explorer leads to the ceiling of its log', async (workbench) => {
  await workbench.open();
  // An editor of before that is restored meanwhile takes the focus, and with it the menu.
  await workbench.closeEditors();
  const folder = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'too-early' });
  await workbench.chooseFromMenu(folder, 'Predict Ceiling');
  const panel = await workbench.webview('body[data-ready="ready"]:has(h1:text-matches("^Too early to tell"))');
  await panel.locator('h1', { hasText: /^Too early to tell/ }).waitFor();
});
