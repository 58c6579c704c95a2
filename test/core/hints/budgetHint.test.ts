import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BudgetAnchor, budgetAnchors } from '../../../src/core/hints/budgetAnchors.ts';
import { hintLine, budgetHint as hintWithThinSpaces } from '../../../src/core/hints/budgetHint.ts';
import { hintMarkdown } from '../../../src/core/hints/hintMarkdown.ts';
import type { ForecastSummary } from '../../../src/core/report/forecastSummary.ts';
import { answerOf } from './buildSummary.ts';

function anchorOf(line: string): BudgetAnchor {
  const [anchor] = budgetAnchors(`output_dir: out\nlearning_rate: 1.0e-6\n${line}\n`, 'yaml').anchors;
  assert.ok(anchor !== undefined);
  return anchor;
}

/** Per cents have a narrow space, which these expectations would only hide. */
function budgetHint(...given: Parameters<typeof hintWithThinSpaces>): ReturnType<typeof hintWithThinSpaces> {
  const hint = hintWithThinSpaces(...given);
  const { suggestion } = hint;
  return {
    title: plain(hint.title),
    reasons: hint.reasons.map(plain),
    suggestion: suggestion === null ? null : { ...suggestion, title: plain(suggestion.title) },
  };
}

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

const epochs = anchorOf('num_train_epochs: 30');

test('a budget in epochs is told in epochs though the log counts steps', () => {
  const { title, suggestion } = budgetHint(epochs, answerOf());
  assert.equal(title, '99 % of the floor by epoch 10.0 (9.5–10.8); the last 19 epochs buy ≤ 1 %');
  assert.deepEqual(suggestion, { value: 11, text: '11', title: 'Set num_train_epochs to 11 (99 % of the floor)' });
});

/** The forecast of the built summary as far as one that reaches this step. */
function forecastTo(last: number): ForecastSummary['forecast'] {
  return Array.from({ length: 60 }, (_, i) => {
    const x = 200 + ((last - 200) * i) / 59;
    const y = 0.2 + 0.8 * Math.exp(-0.01 * x);
    return { x, y, lower: y - 0.01, upper: y + 0.01 };
  });
}

test('what the rest buys is what the forecast has left on its slow course, rounded up', () => {
  // On the slow course step 480, which is twelve epochs, is what step 400 is in the forecast: there exp(-4) is left.
  const settling = { tolerance: 0.02, x: 400, lower: 380, upper: 480 };
  const { title, reasons } = budgetHint(epochs, answerOf({ forecast: forecastTo(1200), settling }));
  assert.match(title, /; the last 18 epochs buy ≤ 2 %$/);
  assert.match(
    reasons.join(' '),
    /The last 18 epochs, 60 % of the budget, buy at most 2 % of the way from 1\.000 to 0\.200/,
  );
});

test('it never says less than the forecast has left, nor more than the tolerance', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 201, max: 600, noNaN: true }),
      fc.double({ min: 0, max: 300, noNaN: true }),
      fc.integer({ min: 2, max: 100 }),
      (x, wide, budget) => {
        const tolerance = Math.exp(-0.01 * x);
        const settling = { tolerance, x, lower: x - wide / 2, upper: x + wide };
        const anchor = anchorOf(`num_train_epochs: ${budget}`);
        const { title, suggestion } = budgetHint(anchor, answerOf({ forecast: forecastTo(4000), settling }));
        assert.doesNotMatch(title, /NaN|undefined|unknown|Infinity/);
        if (suggestion === null) return;
        assert.ok(suggestion.value < budget && 40 * suggestion.value >= settling.upper);
        const said = Number(/≤ ([\d.]+) %$/.exec(title)?.[1]) / 100;
        const left = Math.exp(-0.4 * suggestion.value) - Math.exp(-0.4 * budget);
        assert.ok(said >= left - 1e-3 * tolerance, `${said} of ${left}`);
        assert.ok(said <= Math.max(0.001, 2 * tolerance));
      },
    ),
    { seed: 7 },
  );
});

test('the line stands before its hint', () => {
  assert.match(
    plain(hintLine(epochs, hintWithThinSpaces(epochs, answerOf()))),
    /^num_train_epochs: 30 {2}→ {2}99 % of the floor by epoch 10\.0 \(9\.5–10\.8\); the last 19 epochs buy ≤ 1 %$/,
  );
});

test('what else may end the run is said', () => {
  const [, anchor] = budgetAnchors('grpo:\n  max_num_epochs: 30\n  max_num_steps: 5000\n', 'yaml').anchors;
  assert.ok(anchor !== undefined);
  assert.match(
    budgetHint(anchor, answerOf()).reasons.join(' '),
    /This holds unless grpo\.max_num_epochs \(30\) is reached first\./,
  );
});

test('a suggestion is written as the value was', () => {
  assert.equal(budgetHint(anchorOf('num_train_epochs: 30.0'), answerOf()).suggestion?.text, '11.0');
});

test('a budget in steps', () => {
  const { title, suggestion } = budgetHint(anchorOf('max_steps: 1000'), answerOf());
  assert.equal(title, '99 % of the floor by step 400 (380–430); the last 570 steps buy ≤ 1 %');
  assert.equal(suggestion?.value, 430);
});

test('where higher is better it is a ceiling', () => {
  assert.match(budgetHint(epochs, answerOf({ direction: 'higher' })).title, /^99 % of the ceiling by/);
});

test('a log that does not relate steps and epochs is not converted', () => {
  const { title, reasons, suggestion } = budgetHint(epochs, answerOf({ stepsPerEpoch: null }));
  assert.equal(title, '99 % of the floor by step 400 (380–430)');
  assert.match(reasons.join(' '), /The log counts steps and this line epochs; the log does not say how they relate\./);
  assert.equal(suggestion, null);
});

test('a budget that ends before the limit says how far it comes', () => {
  const { title, suggestion } = budgetHint(anchorOf('num_train_epochs: 8'), answerOf());
  assert.equal(title, 'ends at about 96 % of the way; 99 % of the floor by epoch 10.0 (9.5–10.8)');
  assert.equal(suggestion, null);
});

test('no trend, too early, pending and no log each say so and claim nothing', () => {
  assert.match(
    budgetHint(epochs, answerOf({ verdict: 'no-trend', limit: null })).title,
    /^no trend to follow: it is at 0\.3$/,
  );
  assert.equal(
    budgetHint(epochs, answerOf({ verdict: 'too-early', limit: null, moreCheckpoints: 5 })).title,
    'too early to tell: about 5 more checkpoints would decide',
  );
  assert.equal(
    budgetHint(epochs, answerOf({ verdict: 'too-early', limit: null, moreCheckpoints: 328 })).title,
    'too early to tell: about 330 more checkpoints would decide',
  );
  assert.equal(budgetHint(epochs, { kind: 'pending', note: 'forecasting run.csv' }).title, 'ceiling: working on it');
  assert.equal(budgetHint(epochs, { kind: 'none', message: 'No log was found.' }).reasons[0], 'No log was found.');
});

test('a settling point without an end is not suggested', () => {
  const settling = { tolerance: 0.01, x: 400, lower: 380, upper: null };
  const { title, suggestion } = budgetHint(epochs, answerOf({ settling }));
  assert.match(title, /by epoch 10\.0 \(9\.5 or later\)/);
  assert.equal(suggestion, null);
});

test('a key that another beats says which', () => {
  const [beaten] = budgetAnchors('output_dir: x\nnum_train_epochs: 3\nmax_steps: 100\n', 'yaml').anchors;
  assert.ok(beaten !== undefined);
  assert.equal(budgetHint(beaten, answerOf()).title, 'does not count: max_steps wins');
});

test('a log that was planned otherwise may be that of another config', () => {
  const { reasons } = budgetHint(epochs, answerOf({ budget: { x: 10, unit: 'epoch', from: 'num_train_epochs' } }));
  assert.match(reasons.join(' '), /planned to epoch 10 .* it may belong to another config/);
});

test('the hover has the sentence, a curve, the run, and the way to the panel', () => {
  const answer = answerOf();
  const text = hintMarkdown(budgetHint(epochs, answer), answer);
  assert.match(text, /^\*\*The solver is heading for 0\.200/);
  assert.match(text, /!\[solver so far and its forecast\]\(data:image\/svg\+xml,%3Csvg[^()\s]+\)/);
  assert.match(text, /From run\.csv, beside the config: series solver\./);
  const link = /command:ceilingLens\.openPrediction\?([^)]+)\)/.exec(text)?.[1] ?? '';
  assert.deepEqual(JSON.parse(decodeURIComponent(link)), ['file:///runs/a%20run/run.csv']);
});

test('a run that the log gives a name is called by it', () => {
  const answer = answerOf({ run: 'panel=a' });
  assert.match(hintMarkdown(budgetHint(epochs, answer), answer), /beside the config: run panel=a, series solver\./);
});

test('names out of a log cannot act as Markdown', () => {
  const answer = answerOf({ series: '[x](command:evil) <b>', run: '**r**' });
  const text = hintMarkdown(budgetHint(epochs, answer), answer);
  assert.ok(text.includes('\\[x\\](command:evil)'));
  assert.ok(!text.includes('<b>'));
});
