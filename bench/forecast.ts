import { unwatched } from '../src/core/control.ts';
import { sharedRateForecaster } from '../src/core/forecast/sharedRateForecaster.ts';
import type { Baseline } from './support/baselines.ts';
import {
  localLinear,
  oneExponential,
  persistence,
  powerLaw,
  smoothedPersistence,
  twoExponentials,
} from './support/baselines.ts';
import { reportLimits } from './support/limitReport.ts';
import { mean } from './support/middles.ts';
import { curveCases, readShared, relativeError } from './support/realCurves.ts';

/**
 * Error and coverage of forecasts and of printed limits on real curves, each prefix forecast without a look at its tail:
 * `node --import tsx bench/forecast.ts [logs|curves|limits]`. nRMSE is the tail's RMSE over the prefix's range; the ratio is the
 * geometric mean over cases to smoothed persistence.
 */
interface Curve {
  readonly kind: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Case {
  readonly kind: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly at: Float64Array;
  readonly truth: Float64Array;
}

interface Forecasted {
  readonly y: Float64Array;
  readonly inside: readonly number[];
}

const what = process.argv[2];
const fiveBaselines = [persistence, localLinear, powerLaw, oneExponential, twoExponentials];

if (what === undefined || what === 'logs') {
  report('published curves', logCases(published()), fiveBaselines);
  report('plateaus and jumps', logCases(reproduction()), fiveBaselines);
}
if (what === undefined || what === 'curves') {
  report('curves', curveCases(), [persistence, smoothedPersistence, powerLaw]);
}
if (what === undefined || what === 'limits') reportLimits(curveCases());

function published(): Curve[] {
  const groups = new Map<string, string[][]>();
  for (const row of readShared('logs/solver-verifier/sun2025_phi4_digitized.csv').slice(1)) {
    const key = `${row[0]} ${row[1]}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return Array.from(groups.values(), (rows) => ({
    kind: 'published',
    x: Float64Array.from(rows, (row) => Number(row[3])),
    y: Float64Array.from(rows, (row) => Number(row[4])),
  }));
}

function reproduction(): Curve[] {
  return ['arithmetic_seed_20260718', 'arithmetic_dense_20260719'].flatMap((name) => {
    const [head = [], ...rows] = readShared(`logs/solver-verifier/${name}.csv`);
    const column = (title: string): Float64Array => Float64Array.from(rows, (row) => Number(row[head.indexOf(title)]));
    return head
      .filter((title) => /uncertainty/.test(title))
      .map((title) => ({ kind: 'jumps', x: column('epoch'), y: column(title) }));
  });
}

function logCases(curves: readonly Curve[]): Case[] {
  return curves.flatMap(({ kind, x, y }) =>
    [0.5, 0.6, 0.7, 0.75, 0.8].map((share) => {
      const n = Math.max(6, Math.min(x.length - 3, Math.floor(x.length * share)));
      return { kind, x: x.slice(0, n), y: y.slice(0, n), at: x.slice(n), truth: y.slice(n) };
    }),
  );
}

function ours({ x, y, at, truth }: Case): Forecasted {
  const input = { name: 'y', role: 'none', direction: 'none', range: {}, x, y } as const;
  const bands = [0.9, 0.8].map(
    (level) => sharedRateForecaster.forecast([input], { at, level, tolerance: 0.01 }, unwatched)[0]?.forecast ?? [],
  );
  const inside = bands.map((points) => {
    const held = points.filter((point, i) => point.lower <= (truth[i] ?? 0) && (truth[i] ?? 0) <= point.upper);
    return held.length / truth.length;
  });
  return { y: Float64Array.from(bands[0] ?? [], (point) => point.y), inside };
}

function report(title: string, cases: readonly Case[], baselines: readonly Baseline[]): void {
  process.stdout.write(`\n${title}, ${cases.length} cases\nmethod                median   mean  ratio\n`);
  const plain = cases.map((one) => relativeError(one, smoothedPersistence(one.x, one.y, one.at)));
  for (const baseline of baselines) {
    print(
      baseline.name,
      cases.map((one) => relativeError(one, baseline(one.x, one.y, one.at))),
      plain,
    );
  }
  const made = cases.map(ours);
  print(
    sharedRateForecaster.name,
    cases.map((one, i) => relativeError(one, made[i]?.y ?? new Float64Array())),
    plain,
  );
  const still = cases.filter((one, i) => made[i]?.y.every((value) => value === one.y.at(-1)) === true).length;
  process.stdout.write(`  ${still} of ${cases.length} are forecast to stay at the last value\n`);
  for (const kind of new Set(cases.map((one) => one.kind))) {
    const rows = made.filter((_, i) => cases[i]?.kind === kind);
    const share = (level: number): string => mean(rows.map((row) => row.inside[level] ?? 0)).toFixed(3);
    process.stdout.write(`  ${kind}: the 90 % band holds ${share(0)}, the 80 % band ${share(1)}\n`);
  }
}

function print(name: string, errors: readonly number[], plain: readonly number[]): void {
  const median = [...errors].sort((a, b) => a - b);
  // The floor keeps cases without any error from ruling the mean of logarithms.
  const logs = errors.map((value, i) => Math.log((value + 1e-4) / ((plain[i] ?? 0) + 1e-4)));
  const middle = ((median[median.length >> 1] ?? 0) + (median[(median.length - 1) >> 1] ?? 0)) / 2;
  process.stdout.write(
    `${name.padEnd(20)} ${middle.toFixed(5)} ${mean(errors).toFixed(4)}  ${Math.exp(mean(logs)).toFixed(3)}\n`,
  );
}
