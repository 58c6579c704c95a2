import { unwatched } from '../src/core/control.ts';
import { createRandom } from '../src/core/dynamics/random.ts';
import type { SeriesInput } from '../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../src/core/forecast/sharedRateForecaster.ts';

/**
 * How often the 90 % interval of a printed limit holds the truth, by law, length and noise:
 * `node --import tsx bench/coverage.ts [runs]`. Solver and verifier relax alike; noise is a share of the solver's way.
 */
const runs = Number(process.argv[2] ?? 40);
const laws: Readonly<Record<string, (t: number) => number>> = {
  exponential: (t) => Math.exp(-3 * t),
  'two exponentials': (t) => 0.5 * Math.exp(-1.5 * t) + 0.5 * Math.exp(-8 * t),
  'power law': (t) => (1 + t / 0.3) ** -1.5,
  stretched: (t) => Math.exp(-((3 * t) ** 0.6)),
};
const truths = [0.2, 0.1] as const;

process.stdout.write('law                n  noise  by one rate  limit given  truth held  median width / range\n');
for (const [name, decay] of Object.entries(laws)) {
  for (const n of [8, 20, 40]) {
    for (const noise of [0.01, 0.03]) process.stdout.write(`${measure(name, decay, n, noise)}\n`);
  }
}

function measure(name: string, decay: (t: number) => number, n: number, noise: number): string {
  const random = createRandom(n);
  const way = 1 - decay(1);
  const widths: number[] = [];
  let byLaw = 0;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const series = [0.8, 0.4].map((amplitude, i): SeriesInput => {
      const x = Float64Array.from({ length: n }, (_, k) => k);
      const limit = truths[i] ?? 0;
      const y = x.map((k) => limit + amplitude * decay(k / (n - 1)) + noise * 0.8 * way * random.normal());
      const role = i === 0 ? 'solver' : 'verifier';
      return { name: role, role, direction: 'lower', range: {}, x, y };
    });
    const request = { at: Float64Array.of(n), level: 0.9, tolerance: 0.01 };
    sharedRateForecaster.forecast(series, request, unwatched).forEach((one, i) => {
      if (one.reason.includes('one rate fits')) byLaw++;
      if (one.limit === null) return;
      const truth = truths[i] ?? 0;
      widths.push((one.limit.upper - one.limit.lower) / (way * (i === 0 ? 0.8 : 0.4)));
      if (one.limit.lower <= truth && truth <= one.limit.upper) held++;
    });
  }
  const share = (count: number, of: number): string => (of === 0 ? '-' : (count / of).toFixed(2)).padStart(11);
  widths.sort((a, b) => a - b);
  const median = widths[widths.length >> 1];
  return `${name.padEnd(17)}${String(n).padStart(3)}  ${noise.toFixed(2)} ${share(byLaw, 2 * runs)}  ${share(widths.length, 2 * runs)} ${share(held, widths.length)}  ${median?.toFixed(2) ?? '-'}`;
}
