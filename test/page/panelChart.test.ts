import assert from 'node:assert/strict';
import { onPanelPage, type PanelPage } from '../support/panelPage.ts';
import { simulatedState } from '../support/simulatedState.ts';

const check = onPanelPage();

const state = simulatedState();
const grown = simulatedState({ checkpoints: 22 });

async function drag(panel: PanelPage, from: number, to: number): Promise<void> {
  const box = (await panel.page.locator('.stage').boundingBox()) ?? assert.fail('there is no chart');
  await panel.page.mouse.move(box.x + from, box.y + 100);
  await panel.page.mouse.down();
  await panel.page.mouse.move(box.x + (from + to) / 2, box.y + 110);
  await panel.page.mouse.move(box.x + to, box.y + 120);
  await panel.page.mouse.up();
  await panel.nextFrame();
}

const zoomOf = async (panel: PanelPage) => (await panel.kept())?.view?.zoom ?? null;

check('the series are drawn in their colours, the limits in the same', async (panel) => {
  await panel.send(state);
  const colours = await panel.chartColours();
  for (const colour of ['89,164,249', '234,92,0', '137,209,133']) {
    assert.ok((colours.get(colour) ?? 0) > 100, `${colour} is not drawn`);
  }
});

check('the pointer reads the values under it', async (panel) => {
  await panel.send(state);
  await panel.page.locator('.stage').hover({ position: { x: 200, y: 150 } });
  assert.match(
    await panel.page.locator('.readout').innerText(),
    /^epoch \d[\d.]*\s+solver\s+0\.\d+\s+verifier\s+0\.\d+/,
  );
  await panel.page.locator('.stage').hover({ position: { x: 650, y: 150 } });
  assert.match(await panel.page.locator('.readout').innerText(), /forecast\s+solver\s+0\.\d+ \(0\.\d+–0\.\d+\)/);
  await panel.page.mouse.move(10, 10);
  await panel.page.locator('.readout').waitFor({ state: 'hidden' });
});

check('standard errors stand as whiskers at the points, and beside the values that are read', async (panel) => {
  const { drawings } = state.prediction;
  const uncertain = drawings.map((drawing) => ({ ...drawing, errors: drawing.y.map(() => 0.04) }));
  await panel.send(state);
  const [without] = [await panel.chartColours()];
  await panel.send({ ...state, prediction: { ...state.prediction, drawings: uncertain } });
  await panel.nextFrame();
  const whiskers = await panel.chartColours();
  assert.notDeepEqual(whiskers, without);
  await panel.page.locator('.stage').hover({ position: { x: 200, y: 150 } });
  assert.match(await panel.page.locator('.readout').innerText(), /solver\s+0\.\d+ ± 0\.04\s+verifier\s+0\.\d+ ± 0\.04/);
});

check('a drag zooms x, a double click shows all of it again', async (panel) => {
  await panel.send(state);
  await drag(panel, 300, 500);
  const zoom = (await zoomOf(panel)) ?? assert.fail('nothing was zoomed');
  assert.ok(zoom.min > 4 && zoom.max < 15 && zoom.min < zoom.max, JSON.stringify(zoom));
  await panel.page.locator('.stage').dblclick({ position: { x: 300, y: 100 } });
  assert.equal(await zoomOf(panel), null);
});

check('the wheel scrolls the page, and zooms with Control', async (panel) => {
  await panel.resize(920, 400);
  await panel.send(state);
  await panel.page.locator('.stage').hover({ position: { x: 400, y: 50 } });
  await panel.page.mouse.wheel(0, 100);
  await panel.page.waitForFunction(() => window.scrollY > 0);
  assert.equal(await zoomOf(panel), null);
  await panel.page.keyboard.down('Control');
  await panel.page.mouse.wheel(0, -100);
  await panel.page.keyboard.up('Control');
  await panel.page.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await zoomOf(panel), null);
});

check('new checkpoints leave zoom, switched off series, open tab and focus as they are', async (panel) => {
  await panel.send(state);
  await drag(panel, 300, 500);
  await panel.page.getByRole('tab', { name: 'Data' }).click();
  await panel.page.getByRole('button', { name: 'gap', exact: true }).click();
  const before = await panel.kept();
  await panel.send(grown);
  assert.deepEqual((await panel.kept())?.view, before?.view);
  assert.equal(await panel.page.getByRole('tab', { selected: true }).innerText(), 'Data');
  const gap = panel.page.getByRole('button', { name: 'gap', exact: true });
  assert.equal(await gap.getAttribute('aria-pressed'), 'false');
  assert.ok(await gap.evaluate((button) => button === document.activeElement));
  assert.match(await panel.page.locator('header p').innerText(), /22 checkpoints/);
});

check('a control that is being used keeps the focus when new checkpoints arrive', async (panel) => {
  await panel.send(state);
  await panel.page.getByRole('tab', { name: 'Data' }).click();
  const direction = panel.page.getByLabel('Direction of gap');
  await direction.focus();
  await panel.send(grown);
  assert.ok(await direction.evaluate((select) => select === document.activeElement));
});

check('a reload of the window brings back zoom, tab and switched off series', async (panel) => {
  await panel.send(state);
  await drag(panel, 300, 500);
  await panel.page.getByRole('tab', { name: 'Dynamics' }).click();
  await panel.page.getByRole('button', { name: 'verifier', exact: true }).click();
  const before = (await panel.kept()) ?? assert.fail('nothing was kept');
  await panel.reload();
  await panel.send(state);
  assert.deepEqual(await panel.kept(), before);
  assert.equal(await panel.page.getByRole('tab', { selected: true }).innerText(), 'Dynamics');
  assert.equal(
    await panel.page.getByRole('button', { name: 'verifier', exact: true }).getAttribute('aria-pressed'),
    'false',
  );
  await panel.page.getByRole('button', { name: 'Show all' }).waitFor();
});

check('another log starts with a picture of its own', async (panel) => {
  await panel.send(state);
  await drag(panel, 300, 500);
  await panel.send({ ...state, log: 'file:///runs/other.csv' });
  assert.equal(await zoomOf(panel), null);
  assert.equal((await panel.kept())?.log, 'file:///runs/other.csv');
});

check('a series that is switched off is not drawn and not read', async (panel) => {
  await panel.send(state);
  await panel.page.getByRole('button', { name: 'gap', exact: true }).click();
  await panel.nextFrame();
  assert.equal((await panel.chartColours()).get('137,209,133') ?? 0, 0);
  await panel.page.locator('.stage').hover({ position: { x: 300, y: 150 } });
  assert.doesNotMatch(await panel.page.locator('.readout').innerText(), /gap/);
});

check('the table twin has every checkpoint and the forecast with its interval', async (panel) => {
  await panel.send(state);
  const table = panel.page.getByRole('table', { name: /^The chart as a table/ });
  // Within reach of a screen reader before it is opened.
  assert.equal(await table.getByRole('row').count(), 1 + 20 + 39);
  await panel.page.getByRole('tab', { name: 'Table' }).click();
  assert.match(await table.getByRole('row').nth(1).innerText(), /^0\s+seen\s+/);
  assert.match(await table.getByRole('row').last().innerText(), /^19\s+forecast\s+0\.\d+ \(0\.\d+–0\.\d+\)/);
});

check('where the run was resumed there is a hairline, and at it the pointer and the keys read so', async (panel) => {
  const { prediction, inspect } = state;
  const resumed = {
    ...state,
    prediction: { ...prediction, report: { ...prediction.report, resumes: [{ x: 4, left: 5.5 }] } },
  };
  await panel.send(state);
  const line = panel.page.locator('.partitions');
  assert.equal(await line.isVisible(), false);
  await panel.send(resumed);
  assert.match(await line.innerText(), /^Resumed at epoch 4: what was logged twice counts as it was logged last\.$/);
  const stage = panel.page.locator('.stage');
  await stage.focus();
  await panel.page.keyboard.press('Home');
  const spoken = panel.page.locator('.chart [aria-live=polite]');
  for (let x = 0; x < 8; x++) await panel.page.keyboard.press('ArrowRight');
  await spoken.getByText(/^epoch 4(\.0)?, resumed here, after 5\.5 had been reached: solver 0\.\d+/).waitFor();
  assert.match(await panel.page.locator('.readout').innerText(), /resumed here, after 5\.5 had been reached/);
  for (const theme of ['dark', 'light', 'high-contrast-dark'] as const) {
    await panel.theme(theme);
    await panel.screenshot(`resumed-${theme}`);
  }
  const [run] = inspect.runs;
  const seeds = ['seed=1', 'seed=2'].map((name) => ({ ...(run ?? assert.fail('no run')), name }));
  await panel.send({ ...resumed, inspect: { ...inspect, runs: [...seeds, ...inspect.runs] } });
  assert.match(await line.innerText(), /^The newest of 3 runs in this log\. Resumed at epoch 4/);
  await panel.page.getByRole('button', { name: 'Choose another run' }).click();
  await panel.page.getByLabel('run', { exact: true }).and(panel.page.locator(':focus')).waitFor();
  await panel.screenshot('several-runs');
  await panel.sent();
  await panel.page.getByLabel('run', { exact: true }).selectOption('seed=1');
  assert.deepEqual(await panel.sent(), [{ type: 'choose', choices: { run: 'seed=1' }, level: 0.9 }]);
});
