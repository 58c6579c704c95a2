import { Refusal } from '../problem.ts';
import { crossImprovement } from './crossImprovement.ts';
import { createRandom } from './random.ts';
import type { Schedule } from './spendingSchedule.ts';
import { spendingSchedule } from './spendingSchedule.ts';

export interface SimulateOptions {
  /** alpha/beta > 1: how much faster the solver moves than the verifier. Infinity: the verifier stands still. */
  readonly alphaOverBeta: number;
  /** rho > 0, per unit of x. */
  readonly rate: number;
  /** G_inf = b/k, in nats. */
  readonly gapLimit: number;
  /** Uncertainty at x = 0, in nats. */
  readonly solverStart: number;
  readonly verifierStart: number;
  /** Number of checkpoints, at x = 0, spacing, 2 spacing …; at least 1, at most 1,000,000. */
  readonly checkpoints: number;
  /** Distance of two checkpoints in x; each is one round of external data. Default 1. */
  readonly spacing?: number;
  /** Standard deviation of the noise, as a share of the way the noiseless solver goes over the checkpoints. Default 0. */
  readonly noise?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Strength of the external data; 0, the default, is self-improvement alone. */
  readonly gamma?: number;
  /** When the external data is spent. Default uniform. */
  readonly schedule?: Schedule;
  /**
   * Number of jumps: with more than 0 the run stands still between jumps at seeded random checkpoints and catches up with
   * the smooth curve at each. Default 0.
   */
  readonly jumps?: number;
  /**
   * What is logged: `uncertainty` U itself (lower is better), or an accuracy in [0, 1] (higher is better): `one-minus` is
   * 1 - U, `likelihood` is e^-U. Noise is added to what is logged, and accuracies are kept in [0, 1].
   */
  readonly metric?: 'uncertainty' | 'one-minus' | 'likelihood';
}

export interface SimulatedRun {
  readonly x: Float64Array;
  readonly solver: Float64Array;
  readonly verifier: Float64Array;
}

const metrics = {
  uncertainty: (u: number) => u,
  'one-minus': (u: number) => 1 - u,
  likelihood: (u: number) => Math.exp(-u),
};

/** A run of the dynamics with external data, noise and jumps. Throws a Refusal that names the first option out of bounds. */
export function simulateRun(options: SimulateOptions): SimulatedRun {
  const settled = checkOptions(options);
  const { checkpoints, spacing, noise, metric, jumps } = settled;
  const random = createRandom(settled.seed);
  const path = crossImprovement({ ...settled, betaOverAlpha: 1 / settled.alphaOverBeta }, spacing, {
    gamma: settled.gamma,
    shares: spendingSchedule(settled.schedule, checkpoints - 1),
  });
  if (jumps > 0) {
    const stands = standstills(checkpoints, jumps, random.uniform);
    path.solver = path.solver.map((_, i) => path.solver[stands[i] ?? 0] ?? 0);
    path.verifier = path.verifier.map((_, i) => path.verifier[stands[i] ?? 0] ?? 0);
  }
  const logged = metrics[metric];
  const cleanSolver = path.solver.map(logged);
  const cleanVerifier = path.verifier.map(logged);
  const sd = noise * Math.abs((cleanSolver[0] ?? 0) - (cleanSolver[checkpoints - 1] ?? 0));
  const observe = (clean: number): number => {
    const value = clean + sd * random.normal();
    return metric === 'uncertainty' ? value : Math.min(1, Math.max(0, value));
  };
  return {
    x: Float64Array.from({ length: checkpoints }, (_, i) => i * spacing),
    solver: cleanSolver.map(observe),
    verifier: cleanVerifier.map(observe),
  };
}

/** For each checkpoint, the checkpoint at whose value it stands. */
function standstills(checkpoints: number, jumps: number, uniform: () => number): Int32Array {
  const isJump = new Uint8Array(checkpoints);
  for (let jump = 0; jump < jumps; jump++) {
    // One jump in each equal stretch, so that no two fall together and no plateau spans the run.
    const at = 1 + Math.floor(((jump + uniform()) * (checkpoints - 1)) / jumps);
    if (at < checkpoints) isJump[at] = 1;
  }
  const stands = new Int32Array(checkpoints);
  for (let i = 1; i < checkpoints; i++) stands[i] = isJump[i] === 1 ? i : (stands[i - 1] ?? 0);
  return stands;
}

function checkOptions(options: SimulateOptions): Required<SimulateOptions> {
  const settled = {
    spacing: 1,
    noise: 0,
    seed: 1,
    gamma: 0,
    schedule: 'uniform' as const,
    jumps: 0,
    metric: 'uncertainty' as const,
    ...options,
  };
  const require = (holds: boolean, sentence: string): void => {
    if (!holds) throw new Refusal('simulate-options', sentence);
  };
  const { alphaOverBeta, rate, checkpoints, spacing, noise, gamma, jumps, seed } = settled;
  require(alphaOverBeta > 1, `alpha/beta must be greater than 1, but is ${alphaOverBeta}.`);
  require(rate > 0 && Number.isFinite(rate), `The rate must be greater than 0, but is ${rate}.`);
  for (const name of ['gapLimit', 'solverStart', 'verifierStart', 'seed'] as const) {
    require(Number.isFinite(settled[name]), `${name} must be a finite number, but is ${settled[name]}.`);
  }
  require(Number.isInteger(checkpoints) &&
    checkpoints >= 1 &&
    checkpoints <=
      1_000_000, `The number of checkpoints must be a whole number from 1 to 1,000,000, but is ${checkpoints}.`);
  require(spacing > 0 && Number.isFinite(spacing), `The spacing must be greater than 0, but is ${spacing}.`);
  require(noise >= 0 && Number.isFinite(noise), `The noise must be 0 or more, but is ${noise}.`);
  require(gamma >= 0 && Number.isFinite(gamma), `gamma must be 0 or more, but is ${gamma}.`);
  require(Number.isInteger(jumps) && jumps >= 0, `The number of jumps must be a whole number from 0, but is ${jumps}.`);
  require(Number.isInteger(seed), `The seed must be a whole number, but is ${seed}.`);
  if (typeof settled.schedule !== 'string') {
    for (const { round, share } of settled.schedule) {
      require(Number.isInteger(round) &&
        round >= 1 &&
        round <
          checkpoints, `There is no round ${round} before the last checkpoint; rounds go from 1 to ${checkpoints - 1}.`);
      require(share >= 0 && Number.isFinite(share), `The share of round ${round} must be 0 or more, but is ${share}.`);
    }
  }
  return settled;
}
