import type { RandomStream } from '../../src/core/dynamics/random.ts';

/** A simulated run whose truth is known: a prefix of n checkpoints over t from 0 to 1, and what follows it. */
export interface SyntheticRun {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly later: Float64Array;
  readonly truth: Float64Array;
  /** null where the run has none. */
  readonly limit: number | null;
}

export type Noise = 'white' | 'autoregressive';

export interface Law {
  readonly name: string;
  readonly isSmooth: boolean;
  make(n: number, noise: number, kind: Noise, random: RandomStream): SyntheticRun;
}

/** Shares of the prefix's span after its end at which the future is asked. */
const ahead = [0.1, 0.25, 0.5, 0.75, 1];

const between = (random: RandomStream, low: number, high: number): number => low * (high / low) ** random.uniform();

/** Laws whose parameters are drawn anew for every run, so that none of them lies on the forecaster's grid. */
export const laws: readonly Law[] = [
  smooth('exponential', (random) => {
    const rate = between(random, 1, 8);
    return (t) => Math.exp(-rate * t);
  }),
  smooth('two exponentials', (random) => {
    const [rate, quicker, share] = [between(random, 0.8, 4), between(random, 3, 10), 0.2 + 0.6 * random.uniform()];
    return (t) => share * Math.exp(-rate * t) + (1 - share) * Math.exp(-rate * quicker * t);
  }),
  smooth('power law', (random) => {
    const [tau, power] = [between(random, 0.02, 0.8), between(random, 0.4, 2.5)];
    return (t) => (1 + t / tau) ** -power;
  }),
  smooth('stretched', (random) => {
    const [rate, bend] = [between(random, 1, 20), 0.4 + 0.5 * random.uniform()];
    return (t) => Math.exp(-((rate * t) ** bend));
  }),
  smooth('sigmoid', (random) => {
    const [tau, bend] = [between(random, 0.1, 0.6), 1.5 + 2 * random.uniform()];
    return (t) => 1 / (1 + (t / tau) ** bend);
  }),
  wandering('random walk', (random) => {
    let at = 0;
    return () => {
      at += random.normal();
      return at;
    };
  }),
  wandering('plateaus and jumps', (random, n) => {
    let at = 0;
    return () => {
      if (random.uniform() < 2.5 / n) at -= 0.3 + random.uniform();
      return at;
    };
  }),
];

function smooth(name: string, draw: (random: RandomStream) => (t: number) => number): Law {
  return {
    name,
    isSmooth: true,
    make: (n, noise, kind, random) => {
      const decay = draw(random);
      const sign = random.uniform() < 0.5 ? 1 : -1;
      const limit = random.normal();
      const way = Math.abs(decay(0) - decay(1));
      const residual = residuals(kind, noise * way, random);
      const { x, later, steps } = clock(n);
      const y = x.map((t) => limit + sign * decay(t) + residual());
      const truth = new Float64Array(later.length);
      let step = n - 1;
      later.forEach((t, i) => {
        let left = residual();
        while (++step < (steps[i] ?? 0)) left = residual();
        truth[i] = limit + sign * decay(t) + left;
      });
      return { x, y, later, truth, limit };
    },
  };
}

function wandering(name: string, draw: (random: RandomStream, n: number) => () => number): Law {
  return {
    name,
    isSmooth: false,
    make: (n, noise, kind, random) => {
      const next = draw(random, n);
      const { x, later, steps } = clock(n);
      const level = x.map(() => next());
      const range = Math.max(...level) - Math.min(...level) || 1;
      const residual = residuals(kind, noise * range, random);
      const y = level.map((value) => value + residual());
      const truth = new Float64Array(later.length);
      let step = n - 1;
      later.forEach((_, i) => {
        let [value, left] = [next(), residual()];
        while (++step < (steps[i] ?? 0)) [value, left] = [next(), residual()];
        truth[i] = value + left;
      });
      return { x, y, later, truth, limit: null };
    },
  };
}

function clock(n: number): { x: Float64Array; later: Float64Array; steps: readonly number[] } {
  const x = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
  const steps = Array.from(new Set(ahead.map((share) => n - 1 + Math.max(1, Math.round(share * (n - 1))))));
  return { x, later: Float64Array.from(steps, (step) => step / (n - 1)), steps };
}

/** Autoregressive noise of correlation .9 from one checkpoint to the next, as of rewards averaged over windows. */
function residuals(kind: Noise, size: number, random: RandomStream): () => number {
  if (kind === 'white') return () => size * random.normal();
  const keep = 0.9;
  let at = size * random.normal();
  return () => {
    const value = at;
    at = keep * at + Math.sqrt(1 - keep * keep) * size * random.normal();
    return value;
  };
}
