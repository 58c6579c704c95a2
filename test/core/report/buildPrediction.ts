import type { Dynamics } from '../../../src/core/dynamics/dynamics.ts';
import type { Evidence } from '../../../src/core/forecast/forecaster.ts';
import type { Prediction } from '../../../src/core/report/prediction.ts';
import type { PredictReport, SeriesReport } from '../../../src/core/report/predictReport.ts';
import { verdictSentence } from '../../../src/core/report/verdictSentence.ts';

/** A solver that is well on its way, unless told otherwise. */
export function buildSeries(parts: Partial<SeriesReport> = {}): SeriesReport {
  return {
    name: 'solver uncertainty',
    role: 'solver',
    direction: 'lower',
    n: 8,
    r2: 0.998,
    limit: { value: 0.1443, lower: 0.1182, upper: 0.1701, level: 0.9 },
    verdict: 'identified',
    reason: 'Heading for 0.14 (0.12–0.17): one rate fits.',
    settling: { tolerance: 0.01, x: 13.8, lower: 11.9, upper: 17.2 },
    models: [
      { name: 'power law', weight: 0.5, limit: 0.13 },
      { name: 'exponential', weight: 0.4, limit: 0.15 },
      { name: 'hill', weight: 0.1, limit: 0.09 },
    ],
    forecast: [
      { x: 10, y: 0.18, lower: 0.16, upper: 0.2 },
      { x: 15, y: 0.15, lower: 0.13, upper: 0.17 },
      { x: 20, y: 0.145, lower: 0.12, upper: 0.17 },
    ],
    first: 1,
    now: 0.18,
    progress: 0.96,
    alternatives: [],
    moreCheckpoints: null,
    evidence: buildEvidence(),
    ...parts,
  };
}

export function buildEvidence(parts: Partial<Evidence> = {}): Evidence {
  return {
    because: 'bounded-limit',
    oneRate: false,
    newestEnd: null,
    reachesBack: false,
    since: 1,
    checkpoints: 8,
    blocks: 8,
    jumps: [],
    downWeighted: [],
    downWeightedCount: 0,
    past: { curves: 0.02, recentLevel: 0.1, lastValue: 0.1 },
    ...parts,
  };
}

export function buildDynamics(pValue: number): Dynamics {
  const interval = { value: 1, lower: 0.9, upper: 1.1, level: 0.9 };
  return {
    rate: interval,
    betaOverAlpha: 0.4,
    kAlpha: 0.5,
    kBeta: 0.2,
    gapLimit: 0.05,
    solverLimit: 0.14,
    verifierLimit: 0.09,
    gapLimitInterval: interval,
    solverLimitInterval: interval,
    verifierLimitInterval: interval,
    r2: { solver: 0.99, verifier: 0.98, gap: 0.98 },
    potential: { r2: 0.97, bOverK: 0.05 },
    sharedRate: { pValue, holds: pValue >= 0.05 },
    hypotheses: [
      {
        name: 'shared-rate',
        pValue,
        holds: pValue >= 0.05,
        sentence: 'One rate fits solver and verifier (p = 0.40): 0.35.',
      },
    ],
  };
}

/** A prediction whose drawings are curves that relax over x = 0.5, 1 … 10. */
export function buildPrediction(
  series: readonly SeriesReport[] = [
    buildSeries(),
    buildSeries({
      name: 'verifier uncertainty',
      role: 'verifier',
      limit: { value: 0.05, lower: 0.04, upper: 0.06, level: 0.9 },
    }),
  ],
  parts: Partial<PredictReport> = {},
): Prediction {
  const x = Float64Array.from({ length: 20 }, (_, i) => (i + 1) / 2);
  const facts = { xName: 'epoch', lastX: 10, series, dynamics: null, budget: null };
  const report: PredictReport = {
    schema: 1,
    log: 'runs/run.csv',
    format: 'csv',
    run: 'run',
    x: { name: 'epoch', count: x.length, first: 0.5, last: 10 },
    budget: null,
    stepsPerEpoch: null,
    resumes: [],
    ...verdictSentence(facts),
    series,
    dynamics: null,
    warnings: [],
    ...parts,
  };
  const drawings = series.map(({ name, role }, i) => {
    const fitted = x.map((at) => 0.14 + 0.8 * Math.exp(-at / (i + 2)));
    return {
      name,
      role,
      x,
      errors: new Float64Array(),
      y: fitted.map((y, k) => y + (k % 2 === 0 ? 0.01 : -0.01)),
      fitted,
    };
  });
  return { report, drawings };
}
