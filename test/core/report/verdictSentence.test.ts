import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { SeriesReport } from '../../../src/core/report/predictReport.ts';
import type { VerdictParts } from '../../../src/core/report/verdictSentence.ts';
import { verdictSentence } from '../../../src/core/report/verdictSentence.ts';
import { buildDynamics, buildEvidence, buildSeries } from './buildPrediction.ts';

const tooEarly = {
  verdict: 'too-early',
  limit: null,
  settling: null,
  progress: null,
  alternatives: [0.05, 0.14],
} as const;

function words(series: Partial<SeriesReport>, parts: Partial<VerdictParts> = {}) {
  return verdictSentence({
    xName: 'epoch',
    lastX: 10,
    series: [buildSeries(series)],
    dynamics: null,
    budget: null,
    ...parts,
  });
}

/** Narrow spaces as plain ones, so that the sentences below can be read. */
function plain(text: string): string {
  return text.replaceAll('\u202f', ' ');
}

function sentence(series: Partial<SeriesReport>, parts: Partial<VerdictParts> = {}): string {
  return plain(words(series, parts).sentence);
}

test('where the interval of the limit was widened for where the newest part leads, the why says so', () => {
  assert.match(
    words({ evidence: buildEvidence({ newestEnd: 0.124 }) }).why,
    /Its newest part leads to 0\.12 by twice as many checkpoints, for which the interval has room/,
  );
});

test('an identified limit is told with its interval, the way done and the distance left', () => {
  assert.equal(
    sentence({}),
    'The solver is heading for 0.14 (0.12–0.17): 96 % of the way; 4 more epochs bring the rest under 1 %.',
  );
});

test('one more step is spoken of in the singular', () => {
  assert.match(
    sentence({ settling: { tolerance: 0.01, x: 11, lower: 10.6, upper: 11.4 } }, { xName: 'train/global_step' }),
    /; 1 more step brings the rest under 1 %\.$/,
  );
});

test('a settling point that could be anywhere is told by its interval alone', () => {
  assert.match(
    sentence({ settling: { tolerance: 0.01, x: 16, lower: 9, upper: 130 } }),
    /; up to 120 more epochs bring the rest under 1 %\.$/,
  );
});

test('where it could be from soon to never nothing is claimed', () => {
  assert.match(
    sentence({ settling: { tolerance: 0.01, x: 16, lower: 9, upper: 3300 } }),
    /; when the rest is under 1.% cannot be told yet\.$/,
  );
});

test('an x axis that counts nothing known is named', () => {
  assert.match(sentence({}, { xName: 'wall time' }), /; wall time 14 brings the rest under 1 %\.$/);
});

test('rows are whole', () => {
  assert.match(sentence({}, { xName: 'row' }), /; \d+ more rows bring the rest under 1 %\.$/);
});

test('a run without a settling point is slow from here', () => {
  assert.equal(
    sentence({ settling: null, progress: 0.87 }),
    'The solver is heading for 0.14 (0.12–0.17): 87 % of the way, and slow from here.',
  );
});

test('a settled run has reached its floor, or its ceiling where higher is better', () => {
  const settling = { tolerance: 0.01, x: 9, lower: 8, upper: 10 };
  assert.equal(sentence({ settling }), 'The solver has reached its floor, 0.14 (0.12–0.17): the rest is under 1 %.');
  assert.match(sentence({ settling, direction: 'higher', first: 0.05 }), /has reached its ceiling, 0\.14/);
});

test('a floor that may not be reached yet has probably been', () => {
  assert.equal(
    sentence({ settling: { tolerance: 0.01, x: 9, lower: 8, upper: 40 } }),
    'The solver has probably reached its floor, 0.14 (0.12–0.17): under 1 % is left from epoch 9.0 (8.0–40) on.',
  );
});

test('a series that gets worse is not said to reach its best', () => {
  const worse = { role: 'none', name: 'acc', direction: 'higher', first: 0.9 } as const;
  assert.match(sentence(worse), /^acc gets worse, and is heading for 0\.14 \(0\.12–0\.17\): 96 % of the way; /);
  assert.equal(
    sentence({ ...worse, settling: { tolerance: 0.01, x: 9, lower: 8, upper: 10 } }),
    'acc has got worse, and levelled off at 0.14 (0.12–0.17): the rest is under 1 %.',
  );
  assert.match(sentence({ first: 0.05 }), /^The solver gets worse, and is heading for 0\.14/);
});

test('a series without a role is called by its name', () => {
  assert.match(sentence({ role: 'none', name: 'eval/loss' }), /^eval\/loss is heading for 0\.14/);
});

test('the answer is about the solver, wherever it stands', () => {
  const verifier = buildSeries({ role: 'verifier', name: 'v' });
  const solver = buildSeries({ role: 'solver', name: 's', limit: { value: 0.5, lower: 0.4, upper: 0.6, level: 0.9 } });
  const answer = verdictSentence({
    xName: 'epoch',
    lastX: 10,
    series: [verifier, solver],
    dynamics: null,
    budget: null,
  });
  assert.match(answer.sentence, /^The solver is heading for 0\.50/);
});

test('too early names the limits that fit alike and what would decide', () => {
  const early = {
    ...tooEarly,
    models: [
      { name: 'power law', weight: 0.5, limit: 0.05 },
      { name: 'exponential', weight: 0.4, limit: 0.14 },
      { name: 'hill', weight: 0.1, limit: 0.09 },
    ],
  } as const;
  assert.equal(
    sentence({ ...early, alternatives: [0.05, 0.14], moreCheckpoints: 5 }),
    'Too early to tell: 0.05 and 0.14 fit these 8 checkpoints alike; about 5 more would decide.',
  );
  assert.equal(
    sentence({ ...early, alternatives: [0.05, 0.09, 0.14], moreCheckpoints: null }),
    'Too early to tell: limits from 0.05 to 0.14 fit these 8 checkpoints alike.',
  );
  assert.equal(
    sentence({ ...early, n: 1, alternatives: [], moreCheckpoints: 7 }),
    'Too early to tell: 1 checkpoint is not enough; about 7 more would decide.',
  );
  assert.equal(
    sentence({ ...early, n: 0, role: 'none', name: 'reward', alternatives: [], moreCheckpoints: 8 }),
    'Too early to tell for reward: it has no finite value yet; about 8 checkpoints would decide.',
  );
  assert.match(sentence({ ...early, alternatives: [0.05, 0.14], moreCheckpoints: 1968 }), /; about 2000 more would/);
});

test('limits that are possible are not said to fit alike where one weighs far more, and why is told in their digits', () => {
  const early = {
    ...tooEarly,
    n: 260,
    alternatives: [19_600, 28_000],
    models: [
      { name: 'hill', weight: 0.5, limit: 20_500 },
      { name: 'stretched exponential', weight: 0.4, limit: 19_600 },
      { name: 'power law', weight: 0.1, limit: 28_000 },
    ],
  } as const;
  assert.equal(sentence(early), 'Too early to tell: limits from 20000 to 28000 fit these 260 checkpoints.');
  assert.equal(plain(words(early).why), 'Hill and stretched exponential fit alike, with limits from 20000 to 21000.');
  const best = [{ name: 'hill', weight: 0.99, limit: 20_500 }] as const;
  assert.equal(
    sentence({ ...early, models: best }),
    'Too early to tell: limits from 20000 to 28000 fit these 260 checkpoints.',
  );
});

test('where whole run and newest part disagree, why is that', () => {
  const reason = 'Over all 8 checkpoints it levels off at 0.14, but by twice as many its newest part leads to 0.05.';
  const evidence = buildEvidence({ because: 'newest-part' });
  assert.equal(
    sentence({ ...tooEarly, reason, evidence }),
    'Too early to tell: limits from 0.05 to 0.14 fit these 8 checkpoints.',
  );
  assert.equal(words({ ...tooEarly, reason, evidence }).why, reason);
});

test('under too few checkpoints why says how many are needed', () => {
  const few = { ...tooEarly, alternatives: [], n: 3 };
  const reason = 'There are 3 checkpoints; at least 5 are needed to see where it goes.';
  const evidence = buildEvidence({ because: 'few-checkpoints' });
  assert.equal(words({ ...few, reason, evidence }).why, reason);
});

test('where there is no trend nothing is said of a rate', () => {
  const parts = {
    series: [buildSeries({ verdict: 'no-trend', limit: null, reason: 'It has moved in steps.' })],
    dynamics: buildDynamics(1),
  };
  const { why } = verdictSentence({ xName: 'epoch', lastX: 10, budget: null, ...parts });
  assert.doesNotMatch(why, /rate/);
});

test('no trend says what it did and that the best guess is where it is', () => {
  const still = {
    verdict: 'no-trend',
    limit: null,
    settling: null,
    progress: null,
    now: 0.41,
    forecast: [{ x: 20, y: 0.41, lower: 0.33, upper: 0.49 }],
  } as const;
  assert.equal(
    sentence({ ...still, reason: 'It has moved in steps: one jump at checkpoint 6 makes 62 % of its range.' }),
    'No trend to follow: it has moved in steps. The best guess is where it is: 0.41 (0.33–0.49 at epoch 20).',
  );
  assert.match(sentence({ ...still, reason: 'No trend stands out.' }), /^No trend to follow: it goes up and down\. /);
  assert.equal(
    sentence({ ...still, forecast: [], reason: 'It does not change: all 8 values are 0.41.' }),
    'No trend to follow: it does not change. The best guess is where it is: 0.41.',
  );
});

test('without any series there is nothing to forecast', () => {
  assert.equal(words({}, { series: [] }).sentence, 'Nothing to forecast: no series was found that could have a limit.');
});

test('why tells how far the gap has closed, which models fit alike and whether one rate holds', () => {
  const gap = buildSeries({ role: 'gap', name: 'gap', first: 0.55, now: 0.06 });
  const why = (pValue: number): string =>
    plain(words({}, { series: [buildSeries(), gap], dynamics: buildDynamics(pValue) }).why);
  assert.equal(
    why(0.43),
    'The gap to the verifier has closed from 0.55 to 0.06; power law and exponential fit alike, with limits from 0.13 to 0.15. One rate shared by solver and verifier holds (p = 0.43).',
  );
  assert.match(why(0.0001), / does not hold \(p < 0\.01\), so each has its own\.$/);
});

test('under a limit of one rate, why says that it rests on it and what the curves alone would leave open', () => {
  const byLaw = { evidence: buildEvidence({ oneRate: true }) };
  const gap = buildSeries({ role: 'gap', name: 'gap', first: 0.55, now: 0.06, ...byLaw });
  const why = (solver: Partial<SeriesReport>, parts: Partial<VerdictParts> = {}): string =>
    plain(
      words({}, { series: [buildSeries({ ...byLaw, ...solver }), gap], dynamics: buildDynamics(0.43), ...parts }).why,
    );
  assert.equal(
    why({}),
    'The gap to the verifier has closed from 0.55 to 0.06. The forecast rests on one rate shared by solver and verifier, which holds (p = 0.43); without it, limits from 0.13 to 0.15 would fit alike.',
  );
  const one = [{ name: 'exponential', weight: 0.9, limit: 0.14 }];
  assert.match(why({ models: one }), / shared by solver and verifier, which holds \(p = 0\.43\)\.$/);
  assert.match(why({}, { dynamics: null }), / shared by solver and verifier; without it, /);
  assert.match(
    why({ models: one }, { budget: { x: 30, unit: 'epoch', from: 'config' } }),
    / which holds \(p = 0\.43\); of 30 planned epochs the last 16 buy under 1 %\.$/,
  );
});

test('where solver or verifier has jumped, nothing is said of one rate for both', () => {
  const jumps = [{ x: 4, checkpoint: 5, share: 0.6 }];
  const verifier = (parts: Partial<SeriesReport>) => buildSeries({ role: 'verifier', name: 'verifier', ...parts });
  const anew = { evidence: buildEvidence({ jumps, since: 5 }) };
  const still = { verdict: 'no-trend', limit: null, settling: null, progress: null } as const;
  for (const series of [
    [buildSeries(anew), verifier({})],
    [buildSeries(), verifier(anew)],
    [buildSeries(), verifier(still)],
    [buildSeries({ ...still, evidence: buildEvidence({ jumps }) }), verifier({})],
  ]) {
    assert.doesNotMatch(words({}, { series, dynamics: buildDynamics(0.43) }).why, /shared/);
  }
  assert.match(words({}, { series: [buildSeries(), verifier({})], dynamics: buildDynamics(0.43) }).why, /shared/);
});

test('why tells what the rest of the planned run buys, where both count the same thing', () => {
  const why = (x: number, unit: string): string => plain(words({}, { budget: { x, unit, from: 'config' } }).why);
  assert.match(why(30, 'epochs'), / Of 30 planned epochs the last 16 buy under 1 %\.$/);
  assert.match(why(12, 'epoch'), / The 12 planned epochs end before the rest is under 1 %\.$/);
  assert.doesNotMatch(why(3000, 'step'), /planned/);
});

test('why says that a schedule may end a run before its limit, which curves cannot know', () => {
  const models = [{ name: 'exponential', weight: 0.9, limit: 0.14 }];
  const why = (more: Partial<SeriesReport>, parts: Partial<VerdictParts> = {}): string =>
    plain(words({ models, progress: 0.6, ...more }, parts).why);
  const short = ' A run that its schedule ends sooner stays short of this floor';
  const back = { now: 0.16, evidence: buildEvidence({ reachesBack: true }) };
  assert.equal(
    why(back),
    `Exponential fits best, with 90 % of the weight.${short}, so its interval begins where the run is.`,
  );
  assert.equal(why({ now: 0.3 }), `Exponential fits best, with 90 % of the weight.${short}.`);
  assert.equal(why({ now: 0.16 }), 'Exponential fits best, with 90 % of the weight.');
  // Of a plan in other units it is not known when it ends.
  assert.ok(why({ now: 0.3 }, { budget: { x: 3000, unit: 'step', from: 'config' } }).endsWith(`${short}.`));
  assert.doesNotMatch(why(back, { budget: { x: 12, unit: 'epoch', from: 'config' } }), /sooner/);
  assert.doesNotMatch(why({ now: 0.3, evidence: buildEvidence({ oneRate: true }) }), /sooner/);
  assert.doesNotMatch(why({ now: 0.3, ...tooEarly }), /sooner/);
  assert.doesNotMatch(why({ now: 0.3, progress: 0.95 }), /sooner/);
});

test('why does not say again what the sentence said', () => {
  assert.equal(words(tooEarly).why, 'Power law and exponential fit alike, with limits from 0.13 to 0.15.');
  const still = { ...tooEarly, verdict: 'no-trend', alternatives: [] } as const;
  assert.equal(
    words({ ...still, reason: 'It has moved in steps: one jump makes it; the best guess is where it is, 0.41.' }).why,
    'It has moved in steps: one jump makes it.',
  );
});

test('a series that is no finite number any more is told first', () => {
  assert.match(
    sentence({}, { lostOf: ({ role }) => (role === 'solver' ? 30 : 0) }),
    /^The last 30 values of the solver are not finite: the run may have diverged\. Until then: The solver is heading for 0\.14 /,
  );
  assert.match(
    sentence({ role: 'none', name: 'loss' }, { lostOf: () => 1 }),
    /^The last value of loss is not finite: /,
  );
});

test('of a series without a finite value no number of checkpoints is promised to decide', () => {
  const never = { verdict: 'too-early', limit: null, n: 0, role: 'none', name: 'loss', moreCheckpoints: 8 } as const;
  assert.equal(
    sentence(never, { lostOf: () => 901 }),
    'None of the 901 values of loss is finite: the run may have diverged. There is nothing to forecast until one is.',
  );
  assert.match(
    sentence(never, { lostOf: () => 1 }),
    /^The only value of loss is not finite: the run may have diverged/,
  );
});

test('a value that was seen is not printed as 0 because what may come is wide', () => {
  const wide = { x: 40, y: 0.467, lower: 0, upper: 15 };
  assert.match(
    sentence({ verdict: 'no-trend', limit: null, now: 0.467, forecast: [wide] }, { lastX: 20 }),
    /The best guess is where it is: 0\.5 \(0–15 at /,
  );
});

test('two exponentials are two', () => {
  const alone = [{ name: 'two exponentials', weight: 0.99, limit: 0.14 }];
  assert.match(words({ models: alone }).why, /^Two exponentials fit best, with /);
});

test('a name out of a log cannot break the sentence', () => {
  const hostile = sentence({ role: 'none', name: `loss\n\u001b[31m\u202e${'x'.repeat(500)}` });
  assert.match(hostile, /^loss \[31m x+… is heading for/);
});

const anyNumber = fc.oneof(
  fc.double({ noNaN: false }),
  fc.double({ min: -2, max: 2 }),
  fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NaN, 1e-300, 1e300),
);
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const anySeries: fc.Arbitrary<SeriesReport> = fc.record({
  name: fc.string({ unit: 'binary' }),
  role: fc.constantFrom('solver', 'verifier', 'gap', 'none'),
  direction: fc.constantFrom('lower', 'higher', 'none'),
  n: fc.nat(1000),
  r2: orNull(anyNumber),
  limit: orNull(fc.record({ value: anyNumber, lower: anyNumber, upper: anyNumber, level: fc.constant(0.9) })),
  verdict: fc.constantFrom('identified', 'too-early', 'no-trend'),
  reason: fc.constantFrom('It has moved in steps: so it is.', 'It does not change: all are 1.', 'No trend.', ''),
  settling: orNull(
    fc.record({ tolerance: fc.constantFrom(0.01, 0.001), x: anyNumber, lower: anyNumber, upper: anyNumber }),
  ),
  models: fc.array(
    fc.record({ name: fc.constantFrom('hill', 'power law'), weight: anyNumber, limit: orNull(anyNumber) }),
    { maxLength: 4 },
  ),
  forecast: fc.array(fc.record({ x: anyNumber, y: anyNumber, lower: anyNumber, upper: anyNumber }), { maxLength: 3 }),
  first: orNull(anyNumber),
  now: orNull(anyNumber),
  progress: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  alternatives: fc.array(anyNumber, { maxLength: 3 }),
  moreCheckpoints: orNull(anyNumber),
  evidence: fc.constant(buildEvidence()),
});

test('whatever the numbers, the words never show a NaN, an undefined, a null or an unfinished sentence', () => {
  fc.assert(
    fc.property(
      fc.array(anySeries, { maxLength: 3 }),
      orNull(anyNumber),
      fc.constantFrom('epoch', 'global_step', 'wall time', ''),
      (series, lastX, xName) => {
        const named = series.map((one, i) => ({ ...one, name: `series ${i}` }));
        const budget = { x: 30, unit: 'epoch', from: 'config' };
        const { sentence: said, why } = verdictSentence({ xName, lastX, series: named, dynamics: null, budget });
        assert.doesNotMatch(`${said} ${why}`, /NaN|undefined|null|Infinity|\(\)|: \.|;\s*\./);
        assert.match(said, /\.$/);
      },
    ),
    { numRuns: 2000, seed: 7 },
  );
});

test('a sentence has at most four figures, a value with its interval counted as one', () => {
  const numeral = /[\d.]+(e−?\d+)?/;
  const pair = new RegExp(`−?${numeral.source} \\([^)]*\\)`, 'g');
  const finite = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  const interval = fc
    .tuple(finite, finite, finite)
    .map(([a, b, c]) => [a, b, c].sort((p, q) => p - q))
    .map(([lower = 0, value = 0, upper = 0]) => ({ value, lower, upper, level: 0.9 }));
  fc.assert(
    fc.property(anySeries, interval, fc.double({ min: 11, max: 1e6, noNaN: true }), (series, limit, x) => {
      const one = {
        ...series,
        name: 'loss',
        limit,
        settling: { tolerance: 0.01, x, lower: x - 1, upper: x + 1 },
        alternatives: [limit.lower, limit.upper],
        now: limit.value,
        forecast: [{ x: 20, y: limit.value, lower: limit.lower, upper: limit.upper }],
      };
      const said = sentence(one).replace(pair, 'L');
      const figures = said.match(/\d[\d.]*(e−?\d+)?/g) ?? [];
      assert.ok(figures.length <= 4, said);
    }),
    { numRuns: 1000, seed: 7 },
  );
});
