import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Series on the same x, fitted by one rate; `start` is rate, then limit and amplitude of each series. */
export interface PeerProblem {
  readonly x: Float64Array;
  readonly ys: readonly Float64Array[];
  readonly start: readonly number[];
}

export interface PeerFit {
  readonly rate: number;
  readonly ssr: number;
}

type LevenbergMarquardt = (
  data: { readonly x: readonly number[]; readonly y: readonly number[] },
  model: (p: readonly number[]) => (row: number) => number,
  options: {
    readonly initialValues: readonly number[];
    readonly maxIterations: number;
    readonly errorTolerance: number;
    readonly jacobianFunction: (p: readonly number[]) => (row: number) => number[];
  },
) => { readonly parameterValues: readonly number[] };

export type MlFit = (problem: PeerProblem, iterations: number) => PeerFit;

/** null where npm has not brought the package: a peer of the bench alone is nothing that others need to build. */
export async function loadMlFit(): Promise<MlFit | null> {
  const name: string = 'ml-levenberg-marquardt';
  try {
    const { levenbergMarquardt }: { levenbergMarquardt: LevenbergMarquardt } = await import(name);
    return (problem, iterations) => mlFit(levenbergMarquardt, problem, iterations);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/**
 * ml-levenberg-marquardt with its analytic Jacobian and the truth as its start. It stops on the size of the error alone, so
 * `iterations` is all the work that it is asked for.
 */
function mlFit(levenbergMarquardt: LevenbergMarquardt, { x, ys, start }: PeerProblem, iterations: number): PeerFit {
  const n = x.length;
  const rows = Array.from({ length: n * ys.length }, (_, i) => i);
  const at = (row: number): number => x[row % n] ?? 0;
  const of = (row: number): number => 1 + 2 * Math.floor(row / n);
  const data = { x: rows, y: rows.map((row) => ys[Math.floor(row / n)]?.[row % n] ?? 0) };
  const model = (p: readonly number[]) => (row: number) =>
    (p[of(row)] ?? 0) + (p[of(row) + 1] ?? 0) * Math.exp(-(p[0] ?? 0) * at(row));
  const { parameterValues } = levenbergMarquardt(data, model, {
    initialValues: [...start],
    maxIterations: iterations,
    errorTolerance: 0,
    jacobianFunction: (p) => (row) => {
      const decay = Math.exp(-(p[0] ?? 0) * at(row));
      const slopes = new Array<number>(p.length).fill(0);
      slopes[0] = -(p[of(row) + 1] ?? 0) * at(row) * decay;
      slopes[of(row)] = 1;
      slopes[of(row) + 1] = decay;
      return slopes;
    },
  });
  const fitted = model(parameterValues);
  const ssr = rows.reduce((sum, row) => sum + ((data.y[row] ?? 0) - fitted(row)) ** 2, 0);
  return { rate: parameterValues[0] ?? Number.NaN, ssr };
}

export interface ScipyTimes {
  readonly scipy: string;
  /** ms. */
  readonly one: number;
  readonly bootstrap: number;
  readonly long: number;
  readonly rate: number;
  readonly longRate: number;
  readonly lmfit: { readonly version: string; readonly one: number; readonly bootstrap: number } | null;
}

/** null where there is no Python with SciPy; `PYTHON` names another one than python3. */
export function scipyTimes(problem: object): ScipyTimes | null {
  const script = fileURLToPath(new URL('./scipyFits.py', import.meta.url));
  const { status, stdout } = spawnSync(process.env.PYTHON ?? 'python3', [script], {
    input: JSON.stringify(problem),
    encoding: 'utf8',
    // One thread, as ours.
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    maxBuffer: 1e8,
  });
  return status === 0 ? JSON.parse(stdout) : null;
}
