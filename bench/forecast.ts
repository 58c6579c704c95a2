import { readFileSync } from 'node:fs';
import { unwatched } from '../src/core/control.ts';
import { sharedRateForecaster } from '../src/core/forecast/sharedRateForecaster.ts';
import type { Baseline } from './support/baselines.ts';
import { localLinear, oneExponential, persistence, powerLaw, smoothedPersistence } from './support/baselines.ts';

/**
 * Error and coverage of forecasts on real curves, each prefix forecast without a look at its tail:
 * `node --import tsx bench/forecast.ts [logs|curves]`. nRMSE is the tail's RMSE over the prefix's range; the ratio is the geometric
 * mean over cases to smoothed persistence.
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

const shared = new URL('../../shared/', import.meta.url);
const read = (path: string): string[][] =>
  readFileSync(new URL(path, shared), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
const what = process.argv[2];

if (what !== 'curves') {
  report('published curves', logCases(published()), [persistence, localLinear, powerLaw, oneExponential]);
  report('plateaus and jumps', logCases(reproduction()), [persistence, localLinear, powerLaw, oneExponential]);
}
if (what !== 'logs') report('curves', curveCases(), [persistence, smoothedPersistence, powerLaw]);

function published(): Curve[] {
  const groups = new Map<string, string[][]>();
  for (const row of read('logs/solver-verifier/sun2025_phi4_digitized.csv').slice(1)) {
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
    const [head = [], ...rows] = read(`logs/solver-verifier/${name}.csv`);
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

function curveCases(): Case[] {
  return read('curves/index.csv')
    .slice(1)
    .flatMap(([id, kind = '']) => {
      const rows = read(`curves/${id}.csv`).slice(1);
      const x = Float64Array.from(rows, (row) => Number(row[0]));
      const y = Float64Array.from(rows, (row) => Number(row[1]));
      return [0.4, 0.6, 0.8].flatMap((share) => {
        const n = Math.floor(x.length * share + 1e-9);
        if (n < 8 || x.length - n < 3) return [];
        const targets = new Set(Array.from({ length: 12 }, (_, i) => Math.floor(n + ((x.length - 1 - n) * i) / 11)));
        const pick = (values: Float64Array): Float64Array => Float64Array.from(targets, (i) => values[i] ?? 0);
        return [{ kind, x: x.slice(0, n), y: y.slice(0, n), at: pick(x), truth: pick(y) }];
      });
    });
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
  const plain = cases.map((one) => error(one, smoothedPersistence(one.x, one.y, one.at)));
  for (const baseline of baselines) {
    print(
      baseline.name,
      cases.map((one) => error(one, baseline(one.x, one.y, one.at))),
      plain,
    );
  }
  const made = cases.map(ours);
  print(
    sharedRateForecaster.name,
    cases.map((one, i) => error(one, made[i]?.y ?? new Float64Array())),
    plain,
  );
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

function error({ y, truth }: Case, forecast: Float64Array): number {
  const range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
  return Math.sqrt(mean(Array.from(truth, (value, i) => (value - (forecast[i] ?? 0)) ** 2))) / Math.max(range, 1e-8);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
