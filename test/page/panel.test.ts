import assert from 'node:assert/strict';
import { onPanelPage } from '../support/panelPage.ts';
import { type ReadyState, simulatedState } from '../support/simulatedState.ts';

const check = onPanelPage();

const identified = simulatedState({ budget: { x: 30, unit: 'epoch', from: 'num_train_epochs' } });
const tooEarly = simulatedState({ checkpoints: 8, spacing: 0.25, noise: 0.02, seed: 3 });
const noTrend = simulatedState({ jumps: 2, seed: 5, withoutVerifier: true });

check('the page says that it is ready, once, and shows a skeleton until it is answered', async (panel) => {
  assert.deepEqual(await panel.sent(), [{ type: 'ready', kept: null }]);
  await panel.page.locator('.skeleton').waitFor();
});

check('from top to bottom: which run, the sentence, why, how far, the chart, the limits', async (panel) => {
  await panel.send(identified);
  const { report } = identified.prediction;
  assert.equal(await panel.page.locator('h1').innerText(), report.sentence);
  const tops = [];
  for (const part of ['header', 'h1', '.why', '.way', '.chart', '.tabs']) {
    tops.push((await panel.page.locator(part).boundingBox())?.y ?? assert.fail(part));
  }
  assert.deepEqual(
    tops,
    tops.toSorted((a, b) => a - b),
  );
  const head = await panel.page.locator('header p').innerText();
  assert.equal(head, 'phi4-mini-math trainer_state.json · hf-trainer-state · 20 checkpoints · followed live');
  assert.match(await panel.page.locator('.way p').innerText(), /of the way · 9\.5 of 30 planned epochs$/);
  const font = await panel.page
    .locator('h1')
    .evaluate((h1) => [getComputedStyle(h1).fontSize, getComputedStyle(h1).fontWeight]);
  assert.deepEqual(font, ['19px', '600']);
});

check('the limits table has a row a series, with limit, interval and verdict', async (panel) => {
  await panel.send(identified);
  const rows = panel.page.getByRole('table', { name: 'Limits' }).getByRole('row');
  assert.deepEqual(await rows.first().getByRole('columnheader').allInnerTexts(), [
    'series',
    'role',
    'now',
    'limit',
    '90\u202f%',
    'under 1\u202f% at',
    'done',
    'R²',
    'verdict',
  ]);
  assert.equal(await rows.count(), 1 + identified.prediction.report.series.length);
  assert.match(await rows.nth(1).innerText(), /^solver uncertainty\s+solver\s[\s\S]*identified$/);
});

check('too early to tell: the alternatives are open, with every curve and its limit', async (panel) => {
  assert.equal(tooEarly.prediction.report.series[0]?.verdict, 'too-early');
  await panel.send(tooEarly);
  assert.match(await panel.page.locator('h1').innerText(), /^Too early to tell/);
  assert.equal(await panel.page.getByRole('tab', { selected: true }).innerText(), 'Alternatives');
  const section = panel.page.getByRole('tabpanel', { name: 'Alternatives' }).locator('section').first();
  const models = tooEarly.prediction.report.series[0].models;
  for (const { name } of models) await section.getByRole('rowheader', { name, exact: true }).waitFor();
});

check('no trend: the sentence says so, and there is no limit anywhere', async (panel) => {
  assert.equal(noTrend.prediction.report.series[0]?.verdict, 'no-trend');
  await panel.send(noTrend);
  assert.match(await panel.page.locator('h1').innerText(), /^No trend to follow/);
  assert.match(await panel.page.getByRole('table', { name: 'Limits' }).getByRole('row').nth(1).innerText(), /–\s+–/);
  await panel.resize(460);
  assert.deepEqual(await panel.page.locator('.legend .limit').allInnerTexts(), ['']);
  assert.equal(await panel.page.locator('.way').isVisible(), false);
});

check('nothing to forecast: no empty chart, and the columns to choose from', async (panel) => {
  const { report } = identified.prediction;
  const sentence = 'Nothing to forecast: no series was found that could have a limit.';
  const nothing = { ...report, series: [], dynamics: null, sentence, why: '' };
  await panel.send({ ...identified, prediction: { report: nothing, drawings: [] } });
  assert.equal(await panel.page.locator('.chart').isVisible(), false);
  assert.equal(await panel.page.getByRole('tab', { selected: true }).innerText(), 'Data');
  await panel.send(identified);
  assert.ok(await panel.page.locator('.chart').isVisible());
});

check('the dynamics are printed with their intervals and a sentence each', async (panel) => {
  await panel.send(identified);
  await panel.page.getByRole('tab', { name: 'Dynamics' }).click();
  const shown = panel.page.getByRole('tabpanel', { name: 'Dynamics' });
  for (const name of [
    'rate',
    'solver floor',
    'verifier floor',
    'gap limit',
    'β/α',
    'kα',
    'kβ',
    'shared rate',
    'potential R²',
  ]) {
    await shown.getByRole('rowheader', { name, exact: true }).waitFor();
  }
  await panel.send(noTrend);
  assert.match(await shown.innerText(), /need two of solver, verifier and gap/);
});

check('what of the theory holds, and what external data did, are sentences under the dynamics', async (panel) => {
  const { prediction } = identified;
  const { dynamics } = prediction.report;
  assert.equal(dynamics?.hypotheses.length, 3);
  const sentence = 'The external data may have done nothing.';
  const externalData = { injections: [], gamma: null, solverLimit: null, sentence };
  await panel.send({ ...identified, prediction: { ...prediction, report: { ...prediction.report, externalData } } });
  await panel.page.getByRole('tab', { name: 'Dynamics' }).click();
  const shown = panel.page.getByRole('tabpanel', { name: 'Dynamics' });
  for (const one of dynamics.hypotheses) await shown.getByText(one.sentence, { exact: true }).waitFor();
  await shown.getByText(sentence, { exact: true }).waitFor();
});

check('the fit of a formula of the user stands under the curves it was weighed beside', async (panel) => {
  const { prediction } = identified;
  const [first] = prediction.report.series;
  assert.ok(first !== undefined);
  const sentence = 'solver by L + a*exp(-k*t): limit 0.14.';
  const formula = { text: 'L + a*exp(-k*t)', series: [{ name: first.name, parameters: null, r2: null, sentence }] };
  await panel.send({ ...identified, prediction: { ...prediction, report: { ...prediction.report, formula } } });
  await panel.page.getByRole('tab', { name: 'Alternatives' }).click();
  await panel.page.getByRole('tabpanel', { name: 'Alternatives' }).getByText(sentence, { exact: true }).waitFor();
});

check('roles, axis, interval and direction are found, shown and changed by a choice', async (panel) => {
  await panel.send(identified);
  await panel.sent();
  await panel.page.getByRole('tab', { name: 'Data' }).click();
  const data = panel.page.getByRole('tabpanel', { name: 'Data' });
  const solver = data.getByLabel('solver', { exact: true });
  assert.equal(await solver.locator('option:checked').innerText(), 'solver uncertainty (found)');
  await solver.selectOption('verifier uncertainty');
  await data.getByLabel('x', { exact: true }).selectOption('step');
  await data.getByLabel('Direction of gap').selectOption('higher');
  await panel.page.locator('header').getByLabel('interval', { exact: true }).selectOption('0.5');
  assert.deepEqual(await panel.sent(), [
    { type: 'choose', choices: { solver: 'verifier uncertainty' }, level: 0.9 },
    { type: 'choose', choices: { x: 'step' }, level: 0.9 },
    { type: 'choose', choices: { directions: { gap: 'higher' } }, level: 0.9 },
    { type: 'choose', choices: {}, level: 0.5 },
  ]);
});

check('what is chosen stands on what was chosen before', async (panel) => {
  await panel.send({ ...identified, choices: { x: 'epoch', where: ['panel=a'] } });
  await panel.sent();
  await panel.page.getByRole('tab', { name: 'Data' }).click();
  await panel.page.getByRole('tabpanel').getByLabel('verifier', { exact: true }).selectOption('gap');
  const choices = { x: 'epoch', where: ['panel=a'], verifier: 'gap' };
  assert.deepEqual(await panel.sent(), [{ type: 'choose', choices, level: 0.9 }]);
});

check('every problem and warning is one quiet line, counted on the tab', async (panel) => {
  const torn = { code: 'torn-record', message: 'train.log:1204 has no end; it was left out.', line: 1204, count: 3 };
  const { report } = identified.prediction;
  const warnings = [{ code: 'repeats', message: 'Some steps occur twice; the last of each was kept.' }];
  await panel.send({
    ...identified,
    prediction: { ...identified.prediction, report: { ...report, warnings } },
    inspect: { ...identified.inspect, problems: [torn] },
  });
  await panel.page.getByRole('tab', { name: 'Data (2 notes)' }).click();
  const data = panel.page.getByRole('tabpanel', { name: /^Data/ });
  await data.getByText('train.log:1204 has no end; it was left out. (3 times)').waitFor();
  await data.getByText('Some steps occur twice').waitFor();
});

check('a long list of series shows its first part and the rest on demand', async (panel) => {
  const [run = assert.fail('there is a run')] = identified.inspect.runs;
  const [series = assert.fail('there is a series')] = run.series;
  const many = Array.from({ length: 500 }, (_, i) => ({ ...series, name: `column ${i}`, role: 'none' as const }));
  await panel.send({ ...identified, inspect: { ...identified.inspect, runs: [{ ...run, series: many }] } });
  await panel.page.getByRole('tab', { name: 'Data' }).click();
  const rows = panel.page.locator('.series-list tbody tr');
  const before = await rows.count();
  assert.ok(before < 100);
  await panel.page.getByRole('button', { name: `Show ${500 - before} more` }).click();
  assert.equal(await rows.count(), 500);
});

check('loading: what is read and how far, with a way to stop it', async (panel) => {
  await panel.send({ kind: 'loading', log: 'file:///runs/a%20b/train.log', note: 'reading 1.2 GB', fraction: 0.4 });
  assert.match(await panel.page.locator('h1').innerText(), /^Reading 1\.2 GB … 40.%$/);
  assert.equal(await panel.page.locator('.head').innerText(), 'train.log');
  await panel.sent();
  await panel.page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await panel.sent(), [{ type: 'cancel' }]);
});

check('loading: a long name takes nothing from how far it is', async (panel) => {
  const note = `reading ${'some-run-of-a-sweep-'.repeat(4)}.jsonl, 512 of 1200 MB`;
  await panel.send({ kind: 'loading', log: 'file:///runs/train.log', note, fraction: 0.4 });
  assert.match(await panel.page.locator('h1').innerText(), /^Reading some-run-.*\.jsonl, 512 of 1200 MB … 40.%$/s);
});

check('reading again leaves the forecast in view until the new one is there', async (panel) => {
  await panel.send(identified);
  await panel.send({ kind: 'loading', log: identified.log, note: 'weighing curves', fraction: 0.5 });
  await panel.page.getByText(/Weighing curves … 50/).waitFor();
  assert.equal(await panel.page.locator('h1').innerText(), identified.prediction.report.sentence);
  await panel.send(identified);
  assert.equal(await panel.page.getByText(/Weighing curves/).isVisible(), false);
});

check('failed: what, where and what to do, with retry and the log', async (panel) => {
  const message = 'train.log could not be read: permission was denied. Give yourself the right to read it and retry.';
  await panel.send({ kind: 'failed', log: 'file:///runs/train.log', code: 'unreadable', message });
  await panel.page.getByText(message).waitFor();
  await panel.sent();
  await panel.page.getByRole('button', { name: 'Retry' }).click();
  await panel.page.getByRole('button', { name: 'Show Log' }).click();
  assert.deepEqual(await panel.sent(), [{ type: 'retry' }, { type: 'showLog' }]);
});

check('a log that has vanished: what was read of it stays, and a line says so', async (panel) => {
  const notice = 'train.log is not there; check the path. What is shown was read before.';
  await panel.send({ ...identified, notice });
  assert.equal(await panel.page.locator('h1').innerText(), identified.prediction.report.sentence);
  await panel.page.getByRole('status').getByText(notice).waitFor();
  await panel.screenshot('notice-dark');
  await panel.send(identified);
  assert.equal(await panel.page.getByText(notice).count(), 0);
});

check('the format is said, and why, and another can be chosen and taken back', async (panel) => {
  const { inspect } = identified;
  await panel.send(identified);
  await panel.page.getByRole('tab', { name: 'Data' }).click();
  const line = panel.page.locator('.format');
  assert.match(
    await line.innerText(),
    /^Read as hf-trainer-state, 98\u202f% sure: It holds .* epoch\. Choose another format/,
  );
  assert.equal(await panel.page.getByRole('button', { name: 'Take back the choice' }).isVisible(), false);
  await panel.sent();
  await panel.page.getByRole('button', { name: 'Choose another format' }).click();
  const because = 'it was chosen; by its content it is hf-trainer-state: it holds log_history';
  await panel.send({ ...identified, inspect: { ...inspect, isFormatChosen: true, confidence: 1, because } });
  assert.match(await line.innerText(), /^Read as hf-trainer-state: it was chosen; by its content/);
  assert.match(await panel.page.locator('header p').innerText(), /hf-trainer-state \(chosen\)/);
  await panel.page.getByRole('button', { name: 'Take back the choice' }).click();
  assert.deepEqual(await panel.sent(), [{ type: 'chooseFormat' }, { type: 'recogniseFormat' }]);
  for (const theme of ['dark', 'light', 'high-contrast-dark'] as const) {
    await panel.theme(theme);
    await panel.screenshot(`format-chosen-${theme}`);
  }
});

check('nothing recognised: the columns are there to choose from at once', async (panel) => {
  const message = 'No column of table.csv looks like a curve that has a limit.';
  await panel.send({ kind: 'unrecognised', log: 'file:///runs/table.csv', message, inspect: identified.inspect });
  assert.equal(await panel.page.locator('h1').innerText(), message);
  await panel.sent();
  await panel.page.getByLabel('solver', { exact: true }).selectOption('learning_rate');
  assert.deepEqual(await panel.sent(), [{ type: 'choose', choices: { solver: 'learning_rate' }, level: 0.9 }]);
});

check('names out of logs are text wherever they stand', async (panel) => {
  const name = '<img src=x onerror="document.title=\'hurt\'">';
  const hostile = simulatedState({ solverName: name, log: 'file:///runs/%3Cscript%3Ealert(1)%3C%2Fscript%3E.csv' });
  const { report } = hostile.prediction;
  const state: ReadyState = {
    ...hostile,
    prediction: { ...hostile.prediction, report: { ...report, run: name, warnings: [{ code: 'x', message: name }] } },
    inspect: { ...hostile.inspect, format: name, problems: [{ code: 'x', message: name, count: 1 }] },
  };
  await panel.send(state);
  for (const tab of ['Alternatives', 'Dynamics', /^Data/, 'Table', 'Limits'])
    await panel.page.getByRole('tab', { name: tab }).click();
  await panel.send({ kind: 'failed', log: name, code: 'x', message: name });
  await panel.send({ kind: 'unrecognised', log: name, message: name, inspect: state.inspect });
  assert.equal(await panel.page.locator('img, script[src=x]').count(), 0);
  assert.notEqual(await panel.page.title(), 'hurt');
  assert.equal(await panel.page.locator('h1').innerText(), name);
});

check('what arrives malformed is said, and the next state is shown', async (panel) => {
  const errors = panel.troubles.length;
  await panel.page.evaluate(() => window.postMessage({ type: 'state', state: { kind: 'ready', log: 'a' } }, '*'));
  await panel.page.locator('body[data-ready="failed"]').waitFor({ state: 'attached' });
  assert.match(await panel.page.locator('.screen').innerText(), /could not draw what it was sent/);
  // The error is thrown on, for the developer tools: this one was meant to be.
  assert.equal(panel.troubles.splice(errors).length, 1);
  await panel.send(identified);
  assert.equal(await panel.page.locator('h1').innerText(), identified.prediction.report.sentence);
});

check('messages of others are no states', async (panel) => {
  await panel.send(identified);
  await panel.page.evaluate(() => {
    for (const message of [null, 7, 'state', { type: 'theme' }]) window.postMessage(message, '*');
  });
  await panel.nextFrame();
  assert.equal(await panel.page.locator('h1').innerText(), identified.prediction.report.sentence);
});
