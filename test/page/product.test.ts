import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { onWorkbench, themes, type Workbench } from '../support/workbench.ts';

const check = onWorkbench();
const drawn = 'body[data-ready="ready"]';

async function openPanel(workbench: Workbench) {
  await workbench.open('identified/run.csv');
  await workbench.codeLens('Predict ceiling').click();
  return workbench.webview(drawn);
}

check('a log has its lens on line 1, with what was recognised', async (workbench) => {
  await workbench.open('identified/run.csv');
  await workbench.codeLens('Predict ceiling').waitFor();
  // Without a command it is no link.
  await workbench.page
    .locator('.codelens-decoration', { hasText: /csv · 20 checkpoints · solver · verifier · gap/ })
    .first()
    .waitFor();
  await workbench.screenshot('log-with-lens');
});

check('a click on it shows where the run ends, drawn in every theme', async (workbench) => {
  const panel = await openPanel(workbench);
  await panel.getByText(/^The solver is heading for 0\.16/).waitFor();
  const inked = await panel.locator('canvas').evaluateAll((canvases) => {
    const ink = canvases.map((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
    });
    return Math.max(0, ...ink);
  });
  assert.ok(inked > 1000, `only ${inked} pixels of the chart are not empty`);
  for (const theme of themes) {
    await workbench.theme(theme);
    const kind = theme === 'high-contrast-dark' ? 'vscode-high-contrast' : `vscode-${theme}`;
    await panel.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    const lines = await panel.locator('[role="tab"]').evaluateAll((tabs) =>
      tabs.map((tab) => {
        const { borderBottomWidth, borderBottomColor } = getComputedStyle(tab);
        return { isSelected: tab.ariaSelected === 'true', line: `${borderBottomWidth} ${borderBottomColor}` };
      }),
    );
    const selected = lines.find(({ isSelected }) => isSelected);
    assert.ok(selected !== undefined, 'no tab is selected');
    assert.ok(
      lines.every(({ isSelected, line }) => isSelected || line !== selected.line),
      `in ${theme} the selected tab looks like another: ${selected.line}`,
    );
    await workbench.screenshot(`panel-${theme}`);
  }
  await workbench.theme('dark');
});

check('it follows the log while the run goes on', async (workbench) => {
  const panel = await openPanel(workbench);
  await panel
    .getByText(/20 checkpoints/)
    .first()
    .waitFor();
  appendFileSync(join(workbench.workspace, 'identified/run.csv'), '10,400,0.19,0.13,0.06\n');
  await panel
    .getByText(/21 checkpoints/)
    .first()
    .waitFor();
});

check('in a narrow window the sentence and the limits stay readable', async (workbench) => {
  const panel = await openPanel(workbench);
  await workbench.runCommand('View: Close Primary Side Bar');
  // Two editors side by side do not fit: VS Code lets none of them be narrower than 220 px.
  await workbench.runCommand('View: Close Editor');
  for (const width of [480, 380]) {
    await workbench.resize({ width, height: 800 });
    await panel.getByText(/^The solver is heading for/).waitFor();
    await panel.locator('.legend .limit').first().waitFor();
    for (const box of await panel.locator('html, [role=tabpanel]:not(.spoken, [hidden]) .scroll').all()) {
      const hidden = await box.evaluate((one) => one.scrollWidth - one.clientWidth);
      assert.ok(hidden <= 0, `${hidden} px are cut in a window of ${width} px`);
    }
    await workbench.screenshot(`panel-narrow-${width}`);
  }
  await workbench.resize('wide');
});

check('a config says on its budget line what the rest buys, and why when hovered', async (workbench) => {
  await workbench.open('identified/config.yaml');
  await workbench.codeLens(/99.% of the floor by epoch 1\d\.\d/).waitFor();
  await workbench.screenshot('config-with-hint');
  const text = await workbench.hover('num_train_epochs', /The solver is heading for/);
  assert.match(text, /Open the forecast/);
  await workbench.screenshot('config-hover');
});

check('a launch script says it where the variable is set that holds the budget', async (workbench) => {
  await workbench.open('accuracy/run_ppo.sh');
  await workbench.codeLens(/^total_epochs: 30 .*99.% of the ceiling by epoch 15\.\d/).waitFor();
  await workbench.screenshot('script-with-hint');
  const text = await workbench.hover('30', /The solver is heading for/);
  assert.match(text, /Open the forecast/);
  await workbench.screenshot('script-hover');
});

check('too early and no trend are said in words, without a limit', async (workbench) => {
  await workbench.open('too-early/metrics.jsonl');
  await workbench.codeLens('Predict ceiling').click();
  const early = await workbench.webview(drawn);
  await early.getByText(/^Too early to tell/).waitFor();
  await workbench.screenshot('panel-too-early');
  await workbench.closeEditors();
  await workbench.open('plateau-and-jump/run.csv');
  await workbench.codeLens('Predict ceiling').click();
  const none = await workbench.webview(drawn);
  await none.getByText(/^No trend to follow/).waitFor();
  await workbench.screenshot('panel-no-trend');
});
