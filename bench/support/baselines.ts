import { solveSmall } from '../../src/core/fit/smallMatrix.ts';
import { median } from './middles.ts';

/** Forecasts that a method has to beat; each takes a prefix and answers one value for each x asked. */
export type Baseline = (x: Float64Array, y: Float64Array, at: Float64Array) => Float64Array;

export const persistence: Baseline = (_, y, at) => at.map(() => y.at(-1) ?? 0);

/** The median of the prefix's last tenth. */
export const smoothedPersistence: Baseline = (_, y, at) => {
  const recent = y.slice(y.length - Math.max(1, Math.floor(y.length / 10))).sort();
  const middle = recent.length / 2;
  const value = ((recent[Math.floor(middle)] ?? 0) + (recent[Math.ceil(middle) - 1] ?? 0)) / 2;
  return at.map(() => value);
};

/** Least squares over a grid of L + A (t + tau)^-p, its limit within one range of the data. */
export const powerLaw: Baseline = (x, y, at) => {
  const spacing = median(Array.from(x.subarray(1), (value, i) => value - (x[i] ?? 0)));
  const shapes = geometric(0.1 * spacing, 20 * spacing, 36).flatMap((tau) =>
    geometric(0.08, 6, 56).map((power) => (t: number) => (t + tau) ** -power),
  );
  return leastSquares(x, y, at, shapes);
};

/** The same with one exponential, rates from .05 to 40 per span. */
export const oneExponential: Baseline = (x, y, at) => {
  const span = (x.at(-1) ?? 0) - (x[0] ?? 0);
  return leastSquares(
    x,
    y,
    at,
    geometric(0.05 / span, 40 / span, 400).map((rate) => (t: number) => Math.exp(-rate * t)),
  );
};

/** Least squares over pairs of rates, each of the two modes with an amplitude of its own. */
export const twoExponentials: Baseline = (x, y, at) => {
  const first = x[0] ?? 0;
  const span = (x.at(-1) ?? 0) - first;
  const modes = geometric(0.1, 40, 36).map((rate) => x.map((value) => Math.exp((-rate * (value - first)) / span)));
  const rates = geometric(0.1, 40, 36);
  const ones = new Float64Array(x.length).fill(1);
  let best = { error: Number.POSITIVE_INFINITY, solution: [y.at(-1) ?? 0, 0, 0], rates: [1, 1] };
  for (let i = 0; i < modes.length; i++) {
    for (let j = i + 1; j < modes.length; j++) {
      const basis = [ones, modes[i] ?? ones, modes[j] ?? ones];
      const matrix = basis.map((a, k) => basis.map((b, l) => inner(a, b) + (k === l && k > 0 ? 1e-9 : 0)));
      const solution = solveSmall(
        matrix,
        basis.map((a) => inner(a, y)),
      );
      if (solution === null) continue;
      const error = y.reduce(
        (sum, value, row) =>
          sum + (value - basis.reduce((total, column, k) => total + (solution[k] ?? 0) * (column[row] ?? 0), 0)) ** 2,
        0,
      );
      if (error < best.error) best = { error, solution, rates: [rates[i] ?? 1, rates[j] ?? 1] };
    }
  }
  const [limit = 0, slow = 0, quick = 0] = best.solution;
  const [slowRate = 1, quickRate = 1] = best.rates;
  return at.map((value) => {
    const t = (value - first) / span;
    return limit + slow * Math.exp(-slowRate * t) + quick * Math.exp(-quickRate * t);
  });
};

const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** A line through checkpoints weighted by nearness, its bandwidth chosen by one-step errors over the newer half. */
export const localLinear: Baseline = (x, y, at) => {
  const spacing = median(Array.from(x.subarray(1), (value, i) => value - (x[i] ?? 0)));
  let best = { error: Number.POSITIVE_INFINITY, bandwidth: spacing };
  for (const steps of [1.5, 2, 3, 4, 6, 8, 12, 16]) {
    let error = 0;
    for (let cut = Math.max(5, x.length >> 1); cut < x.length; cut++) {
      const [value = 0] = line(x.subarray(0, cut), y.subarray(0, cut), x.subarray(cut, cut + 1), steps * spacing);
      error += (value - (y[cut] ?? 0)) ** 2;
    }
    if (error < best.error) best = { error, bandwidth: steps * spacing };
  }
  return line(x, y, at, best.bandwidth);
};

function line(x: Float64Array, y: Float64Array, at: Float64Array, bandwidth: number): Float64Array {
  const last = x.at(-1) ?? 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let r0 = 0;
  let r1 = 0;
  x.forEach((value, i) => {
    const t = value - last;
    const weight = Math.max(1e-12, Math.exp(-0.5 * (t / bandwidth) ** 2));
    s0 += weight;
    s1 += weight * t;
    s2 += weight * t * t;
    r0 += weight * (y[i] ?? 0);
    r1 += weight * t * (y[i] ?? 0);
  });
  const slope = (s0 * r1 - s1 * r0) / (s0 * s2 - s1 * s1);
  return at.map((value) => (r0 - slope * s1) / s0 + slope * (value - last));
}

function leastSquares(
  x: Float64Array,
  y: Float64Array,
  at: Float64Array,
  shapes: readonly ((t: number) => number)[],
): Float64Array {
  const first = x[0] ?? 0;
  const low = y.reduce((a, b) => Math.min(a, b));
  const high = y.reduce((a, b) => Math.max(a, b));
  const meanY = y.reduce((a, b) => a + b, 0) / y.length;
  let best = { gain: Number.NEGATIVE_INFINITY, limit: meanY, amplitude: 0, shape: (_: number): number => 0 };
  for (const shape of shapes) {
    const phi = x.map((value) => shape(value - first));
    const meanPhi = phi.reduce((a, b) => a + b, 0) / phi.length;
    let square = 0;
    let product = 0;
    phi.forEach((value, i) => {
      square += (value - meanPhi) ** 2;
      product += (value - meanPhi) * ((y[i] ?? 0) - meanY);
    });
    if (!(square > 1e-20)) continue;
    const amplitude = product / square;
    const limit = meanY - amplitude * meanPhi;
    const isAllowed = limit >= 2 * low - high && limit <= 2 * high - low;
    if (isAllowed && amplitude * product > best.gain) best = { gain: amplitude * product, limit, amplitude, shape };
  }
  return at.map((value) => best.limit + best.amplitude * best.shape(value - first));
}

function geometric(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}
