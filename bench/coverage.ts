import { writeFileSync } from 'node:fs';
import { unwatched } from '../src/core/control.ts';
import { createRandom } from '../src/core/dynamics/random.ts';
import { wholeRun } from '../src/core/forecast/constants.ts';
import type { SeriesInput } from '../src/core/forecast/forecaster.ts';
import { createDesigns } from '../src/core/forecast/gridDesign.ts';
import { leanOnRecent } from '../src/core/forecast/leanOnRecent.ts';
import { seriesPosterior } from '../src/core/forecast/seriesPosterior.ts';
import { sharedRateForecaster } from '../src/core/forecast/sharedRateForecaster.ts';
import { calibrationPlot, type Held } from './support/calibrationPlot.ts';
import { mean, median } from './support/middles.ts';
import type { Noise } from './support/syntheticRuns.ts';
import { laws } from './support/syntheticRuns.ts';

/**
 * How often intervals hold the truth on simulated runs, by law, noise and length: `node --import tsx bench/coverage.ts [runs]`,
 * runs of each of the 147 cells. "All" limits are those before the verdict decides which are printed. Writes docs/calibration.svg.
 */
const runs = Number(process.argv[2] ?? 8);
const lengths = [5, 8, 12, 20, 50, 200, 2000];
const noises: readonly { readonly kind: Noise; readonly size: number }[] = [
  { kind: 'white', size: 0.01 },
  { kind: 'white', size: 0.05 },
  { kind: 'autoregressive', size: 0.05 },
];
const levels = [0.5, 0.7, 0.8, 0.9, 0.95] as const;
const at80 = 2;
const at90 = 3;

interface Outcome {
  readonly law: string;
  readonly isSmooth: boolean;
  readonly n: number;
  readonly noise: Noise;
  readonly size: number;
  readonly isGiven: boolean;
  /** Whether the limit's interval holds it, by level, and how far its value is off, in ranges of the prefix. */
  readonly limitHeld: readonly boolean[] | null;
  readonly limitError: number;
  readonly width: number;
  /** Shares of later checkpoints in the band, by level. */
  readonly futureHeld: readonly number[];
}

const outcomes: Outcome[] = [];
let seed = 1;
for (const law of laws) {
  for (const { kind, size } of noises) {
    for (const n of lengths) for (let run = 0; run < runs; run++) outcomes.push(measure(law, n, size, kind, seed++));
  }
}

const head = 'runs  given   limit .90  .80   printed .90  .80  error  width   future .90  .80';
const print = (title: string, keyOf: (one: Outcome) => string): void => {
  process.stdout.write(`\n${title.padEnd(24)}${head}\n`);
  for (const key of new Set(outcomes.map(keyOf))) {
    process.stdout.write(`${key.padEnd(24)}${summary(outcomes.filter((one) => keyOf(one) === key))}\n`);
  }
};
print('law', (one) => one.law);
print('law and noise', (one) => `${one.law}, ${one.noise === 'white' ? `white ${one.size}` : 'AR'}`);
print('checkpoints, smooth laws', (one) => (one.isSmooth ? String(one.n) : 'no limit'));
print('AR noise, checkpoints', (one) => (one.isSmooth && one.noise !== 'white' ? String(one.n) : 'others'));
print('all', (one) => (one.isSmooth ? 'smooth' : 'no limit'));

printPairs();

/** Solver and verifier of one law: how often one rate forecasts them, and whether the limits printed then hold. */
function printPairs(): void {
  process.stdout.write(
    '\nsolver and verifier      runs  by one rate   printed limits then held   given at all   held\n',
  );
  for (const law of laws.filter(({ isSmooth }) => isSmooth)) {
    const [byRate, others]: [boolean[], boolean[]] = [[], []];
    let [pairs, kept] = [0, 0];
    for (const n of [8, 20, 40]) {
      for (const size of [0.01, 0.03]) {
        for (let run = 0; run < 2 * runs; run++, seed++) {
          const pair = (['solver', 'verifier'] as const).map((role, i) => {
            // The same draw of the law's parameters; the noise of the two is apart.
            const { y: clean, x, limit } = law.make(n, 0, 'white', createRandom(seed));
            const random = createRandom(1_000_000 * (i + 1) + seed);
            const way = size * Math.abs((clean[0] ?? 0) - (clean[n - 1] ?? 0));
            const scale = i === 0 ? 1 : 0.5;
            const y = clean.map((value) => scale * (value + way * random.normal()));
            return {
              input: { name: role, role, direction: 'lower', range: {}, x, y } as const,
              limit: scale * (limit ?? 0),
            };
          });
          const request = { at: Float64Array.of(2), level: levels[at90], tolerance: 0.01 };
          const forecasts = sharedRateForecaster.forecast(
            pair.map(({ input }) => input),
            request,
            unwatched,
          );
          pairs++;
          const isByRate = forecasts.some(({ reason }) => reason.includes('one rate fits'));
          if (isByRate) kept++;
          forecasts.forEach(({ limit }, i) => {
            const truth = pair[i]?.limit ?? 0;
            if (limit !== null) (isByRate ? byRate : others).push(limit.lower <= truth && truth <= limit.upper);
          });
        }
      }
    }
    const held = (all: readonly boolean[]): string => share(all.map((one) => (one ? 1 : 0)));
    process.stdout.write(
      `${law.name.padEnd(24)} ${String(pairs).padStart(4)} ${share([kept / pairs])}        ${held(byRate)} of ${byRate.length}         ${share([(byRate.length + others.length) / (2 * pairs)])}      ${held([...byRate, ...others])}\n`,
    );
  }
}

const heldBy = (title: string, rows: readonly Outcome[], of: (one: Outcome, level: number) => number[]): Held => ({
  name: title,
  shares: levels.map((_, i) => mean(rows.flatMap((one) => of(one, i)))),
});
const limitHeld = (one: Outcome, level: number): number[] =>
  one.limitHeld === null ? [] : [one.limitHeld[level] === true ? 1 : 0];
const futureHeld = (one: Outcome, level: number): number[] => [one.futureHeld[level] ?? 0];
const byLaw = (rows: readonly Outcome[], of: (one: Outcome, level: number) => number[]): Held[] =>
  Array.from(new Set(rows.map(({ law }) => law)), (law) =>
    heldBy(
      law,
      rows.filter((one) => one.law === law),
      of,
    ),
  );
const smooth = outcomes.filter(({ isSmooth }) => isSmooth);
writeFileSync(
  new URL('../docs/calibration.svg', import.meta.url),
  calibrationPlot(levels, [
    { title: 'Limits, all runs', lines: byLaw(smooth, limitHeld) },
    {
      title: 'Limits, printed',
      lines: byLaw(
        smooth.filter(({ isGiven }) => isGiven),
        limitHeld,
      ),
    },
    { title: 'Later checkpoints', lines: byLaw(smooth, futureHeld) },
  ]),
);

function measure(law: (typeof laws)[number], n: number, size: number, noise: Noise, at: number): Outcome {
  const { x, y, later, truth, limit } = law.make(n, size, noise, createRandom(at));
  const input: SeriesInput = { name: 'y', role: 'none', direction: 'none', range: {}, x, y };
  const range = Math.max(...y) - Math.min(...y);
  const request = { at: later, level: levels[at90], tolerance: 0.01 };
  const [given] = sharedRateForecaster.forecast([input], request, unwatched);
  const designs = createDesigns();
  const whole = seriesPosterior(input, wholeRun, designs, unwatched);
  const leaning = whole === null ? null : leanOnRecent(input, whole, designs, unwatched);
  const limits = whole === null ? [] : levels.map((level) => whole.limit(level));
  const holds = (points: readonly { lower: number; upper: number }[]): number =>
    mean(points.map(({ lower, upper }, i) => (lower <= (truth[i] ?? 0) && (truth[i] ?? 0) <= upper ? 1 : 0)));
  return {
    law: law.name,
    isSmooth: law.isSmooth,
    n,
    noise,
    size,
    isGiven: given !== undefined && given.limit !== null,
    limitHeld: limit === null ? null : limits.map(({ lower, upper }) => lower <= limit && limit <= upper),
    limitError: limit === null ? 0 : Math.abs((limits[at90]?.value ?? 0) - limit) / range,
    width: ((limits[at90]?.upper ?? 0) - (limits[at90]?.lower ?? 0)) / range,
    // The product's own band at 90 %: after a jump it is another than the curves'.
    futureHeld: levels.map((level, i) =>
      holds(i === at90 || leaning === null ? (given?.forecast ?? []) : leaning.points(later, level)),
    ),
  };
}

function summary(rows: readonly Outcome[]): string {
  const given = rows.filter((one) => one.isGiven);
  const limit = (of: readonly Outcome[], level: number): string =>
    share(of.flatMap((one) => (one.limitHeld === null ? [] : [one.limitHeld[level] === true ? 1 : 0])));
  const future = (level: number): string => share(rows.map((one) => one.futureHeld[level] ?? 0));
  return [
    String(rows.length).padStart(4),
    share(rows.map((one) => (one.isGiven ? 1 : 0))),
    `  ${limit(rows, at90)}`,
    limit(rows, at80),
    `    ${limit(given, at90)}`,
    limit(given, at80),
    share([median(given.map((one) => one.limitError))], 3),
    share([median(given.map((one) => one.width))]),
    `  ${future(at90)}`,
    future(at80),
  ].join(' ');
}

function share(values: readonly number[], digits = 2): string {
  return (values.length === 0 ? '-' : mean(values).toFixed(digits)).padStart(6);
}
