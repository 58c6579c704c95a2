import { unwatched } from '../src/core/control.ts';
import { fitDynamics } from '../src/core/dynamics/fitDynamics.ts';
import { simulateRun } from '../src/core/dynamics/simulateRun.ts';
import { fitSharedRate } from '../src/core/fit/sharedRateFit.ts';
import type { SeriesInput } from '../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../src/core/forecast/sharedRateForecaster.ts';

/** Median times, warm, of what a click on "Predict ceiling" computes: `node --import tsx bench/fit.ts`. */
const request = { at: null, level: 0.9, tolerance: 0.01 };

for (const n of [8, 20, 64, 2000]) {
  const samples = Array.from({ length: 8 }, (_, seed) => threeSeries(n, seed + 1));
  const fit = median(samples, (series) => fitSharedRate(series));
  const dynamics = median(samples, ([solver, verifier, gap]) => fitDynamics(solver, verifier, gap, request));
  const forecast = median(samples, (series) => sharedRateForecaster.forecast(series, request, unwatched));
  process.stdout.write(
    `3 series x ${n}: one-rate fit ${fit.toFixed(3)} ms, dynamics with intervals ${dynamics.toFixed(2)} ms, forecast with 40 points ${forecast.toFixed(1)} ms\n`,
  );
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
