import { unwatched } from '../src/core/control.ts';
import { fitDynamics } from '../src/core/dynamics/fitDynamics.ts';
import { createRandom } from '../src/core/dynamics/random.ts';
import { simulateRun } from '../src/core/dynamics/simulateRun.ts';
import { fitSharedRate } from '../src/core/fit/sharedRateFit.ts';
import type { SeriesInput } from '../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../src/core/forecast/sharedRateForecaster.ts';
import type { MlFit, PeerProblem } from './support/fitPeers.ts';
import { loadMlFit, scipyTimes } from './support/fitPeers.ts';

/**
 * The one-rate fit beside ml-levenberg-marquardt in this process and SciPy and lmfit in another, on the same data in the same
 * run; then median times, warm, of what a click on "Predict ceiling" computes: `node --import tsx bench/fit.ts`.
 */
const replicates = 1000;
const longest = 100_000;
const request = { at: null, level: 0.9, tolerance: 0.01 };
const truth = [1, 0.2, 0.8, 0.1, 0.4, 0.1, 0.4];

void loadMlFit().then((mlFit) => {
  if (mlFit === null) write('The peers were left out: npm has not installed ml-levenberg-marquardt');
  else besidePeers(mlFit);
  onClick();
});

function besidePeers(mlFit: MlFit): void {
  const x = Float64Array.from({ length: 20 }, (_, i) => (3 * i) / 19);
  const bootstraps = Array.from({ length: replicates }, (_, i) => noisy(x, i + 1));
  const long = {
    x: Float64Array.from({ length: longest }, (_, i) => (3 * i) / (longest - 1)),
    start: truth.slice(0, 3),
  };
  const longProblem: PeerProblem = { ...long, ys: noisy(long.x, 1).ys.slice(0, 1) };
  const [first] = bootstraps;
  if (first === undefined) return;

  const ownCold = timed(() => bootstraps.map(own));
  const peerCold = timed(() => bootstraps.map((one) => mlFit(one, 100)));
  const ownLongCold = timed(() => own(longProblem));
  const peerLongCold = timed(() => mlFit(longProblem, 100));
  const target = own(first).ssr;
  const enough = fewestIterations(mlFit, first, target);
  const enoughLong = fewestIterations(mlFit, longProblem, own(longProblem).ssr);
  const scipy = scipyTimes({
    x: Array.from(x),
    start: truth,
    replicates: bootstraps.map(({ ys }) => ys.flatMap((y) => Array.from(y))),
    longX: Array.from(longProblem.x),
    longY: Array.from(longProblem.ys[0] ?? []),
    longStart: longProblem.start,
  });
  const rows: readonly Row[] = [
    {
      job: 'joint fit of 3 x 20',
      own: leastOf(200, () => own(first)),
      cold: null,
      ml: leastOf(40, () => mlFit(first, 100)),
      mlEnough: leastOf(40, () => mlFit(first, enough)),
      mlCold: null,
      scipy: scipy?.one ?? null,
      lmfit: scipy?.lmfit?.one ?? null,
    },
    {
      job: `${replicates} bootstraps of it`,
      own: leastOf(5, () => bootstraps.map(own)),
      cold: ownCold,
      ml: timed(() => bootstraps.map((one) => mlFit(one, 100))),
      mlEnough: leastOf(3, () => bootstraps.map((one) => mlFit(one, enough))),
      mlCold: peerCold,
      scipy: scipy?.bootstrap ?? null,
      lmfit: scipy?.lmfit?.bootstrap ?? null,
    },
    {
      job: `${longest} points, one series`,
      own: leastOf(40, () => own(longProblem)),
      cold: ownLongCold,
      ml: timed(() => mlFit(longProblem, 100)),
      mlEnough: leastOf(3, () => mlFit(longProblem, enoughLong)),
      mlCold: peerLongCold,
      scipy: scipy?.long ?? null,
      lmfit: null,
    },
  ];
  rows.forEach(say);
  const reached = mlFit(first, enough).ssr / target - 1;
  write(
    `ml-levenberg-marquardt needs ${enough} and ${enoughLong} iterations to our sum of squares (there ${reached.toExponential(1)} above it)`,
  );
  if (scipy === null) write('SciPy was left out: there is no python3 with scipy (PYTHON names another one)');
  else {
    const apart = Math.max(
      Math.abs(scipy.rate / own(first).rate - 1),
      Math.abs(scipy.longRate / own(longProblem).rate - 1),
    );
    write(`SciPy ${scipy.scipy} has the same rates to ${apart.toExponential(1)}`);
    if (scipy.lmfit === null) write('lmfit was left out: that Python does not have it');
  }
}

interface Row {
  readonly job: string;
  /** ms, warm, the least of several; all others too. */
  readonly own: number;
  /** As the first work of its kind in the process. */
  readonly cold: number | null;
  /** With the 100 iterations that are its default, and with the fewest that reach our sum of squares. */
  readonly ml: number;
  readonly mlEnough: number;
  readonly mlCold: number | null;
  readonly scipy: number | null;
  readonly lmfit: number | null;
}

function say({ job, own: ours, cold, ml, mlEnough, mlCold, scipy, lmfit }: Row): void {
  const beside = (name: string, mine: number, theirs: number, goal: number | null): string =>
    `  ${name} ${theirs.toFixed(2)} ms: ratio 1/${(theirs / mine).toFixed(1)}${
      goal === null ? '' : ` (goal 1/${goal}: ${theirs >= goal * mine ? 'reached' : 'missed'})`
    }`;
  const lines = [
    `${job}: ${ours.toFixed(3)} ms${cold === null ? '' : `, cold ${cold.toFixed(1)} ms`}`,
    beside('ml-levenberg-marquardt', ours, ml, 50),
    beside('ml-levenberg-marquardt, fewest iterations', ours, mlEnough, null),
    ...(cold === null || mlCold === null ? [] : [beside('ml-levenberg-marquardt, both cold', cold, mlCold, 10)]),
    ...(scipy === null ? [] : [beside('curve_fit with Jacobian', ours, scipy, 3)]),
    ...(lmfit === null ? [] : [beside('lmfit', ours, lmfit, 3)]),
  ];
  lines.forEach(write);
}

function own({ x, ys }: PeerProblem): { rate: number; ssr: number } {
  const fit = fitSharedRate(ys.map((y) => ({ x, y })));
  if (fit.kind === 'none') throw new Error(fit.because);
  return { rate: fit.rate, ssr: fit.series.reduce((sum, { residual }) => sum + residual * residual, 0) };
}

function fewestIterations(mlFit: MlFit, problem: PeerProblem, ssr: number): number {
  for (let iterations = 1; iterations < 100; iterations++) {
    if (mlFit(problem, iterations).ssr <= ssr * (1 + 1e-6)) return iterations;
  }
  return 100;
}

function noisy(x: Float64Array, seed: number): PeerProblem {
  const random = createRandom(seed);
  const [rate = 1, ...linear] = truth;
  const ys = [0, 2, 4].map((j) =>
    x.map((at) => (linear[j] ?? 0) + (linear[j + 1] ?? 0) * Math.exp(-rate * at) + 0.01 * random.normal()),
  );
  return { x, ys, start: truth };
}

function timed(job: () => unknown): number {
  const start = performance.now();
  job();
  return performance.now() - start;
}

/** Other work on the machine only ever adds, so the least of several is nearest to what the job costs. */
function leastOf(times: number, job: () => unknown): number {
  return Math.min(...Array.from({ length: times }, () => timed(job)));
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

function onClick(): void {
  for (const n of [8, 20, 64, 2000]) {
    const samples = Array.from({ length: 8 }, (_, seed) => threeSeries(n, seed + 1));
    const fit = median(samples, (series) => fitSharedRate(series));
    const dynamics = median(samples, ([solver, verifier, gap]) => fitDynamics(solver, verifier, gap, request));
    const forecast = median(samples, (series) => sharedRateForecaster.forecast(series, request, unwatched));
    write(
      `3 series x ${n}: one-rate fit ${fit.toFixed(3)} ms, dynamics with intervals ${dynamics.toFixed(2)} ms, forecast with 40 points ${forecast.toFixed(1)} ms`,
    );
  }
}

function threeSeries(n: number, seed: number): [SeriesInput, SeriesInput, SeriesInput] {
  const { x, solver, verifier } = simulateRun({
    alphaOverBeta: 2,
    rate: 1,
    gapLimit: 0.1,
    solverStart: 1,
    verifierStart: 0.5,
    checkpoints: n,
    spacing: 3 / (n - 1),
    noise: 0.01,
    seed,
  });
  const series = (role: 'solver' | 'verifier' | 'gap', y: Float64Array): SeriesInput => ({
    name: role,
    role,
    direction: 'lower',
    range: {},
    x,
    y,
  });
  return [
    series('solver', solver),
    series('verifier', verifier),
    series(
      'gap',
      solver.map((value, i) => value - (verifier[i] ?? 0)),
    ),
  ];
}

function median<T>(samples: readonly T[], job: (sample: T) => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    for (const sample of samples) {
      const start = performance.now();
      job(sample);
      if (round >= 4) times.push(performance.now() - start);
    }
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
}
