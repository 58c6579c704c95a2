import type { ForecastAnswer } from '../../../src/core/hints/forecastAnswer.ts';
import type { ForecastSummary } from '../../../src/core/report/forecastSummary.ts';

/** A solver on its way from 1 at step 0 to a floor of 0.2, done by step 400 of 40 an epoch, unless told otherwise. */
export function buildSummary(parts: Partial<ForecastSummary> = {}): ForecastSummary {
  return {
    log: 'file:///runs/a%20run/run.csv',
    run: 'run',
    xName: 'step',
    lastX: 200,
    sentence:
      'The solver is heading for 0.200 (0.190–0.210): 87 % of the way; 200 more steps bring the rest under 1 %.',
    series: 'solver',
    direction: 'lower',
    verdict: 'identified',
    reason: 'Heading for 0.200.',
    first: 1,
    now: 0.3,
    limit: { value: 0.2, lower: 0.19, upper: 0.21, level: 0.9 },
    settling: { tolerance: 0.01, x: 400, lower: 380, upper: 430 },
    progress: 0.87,
    alternatives: [],
    moreCheckpoints: null,
    points: Array.from({ length: 11 }, (_, i) => [20 * i, 0.2 + 0.8 * Math.exp(-0.01 * 20 * i)] as const),
    forecast: Array.from({ length: 10 }, (_, i) => {
      const x = 220 + 20 * i;
      const y = 0.2 + 0.8 * Math.exp(-0.01 * x);
      return { x, y, lower: y - 0.01, upper: y + 0.01 };
    }),
    budget: null,
    stepsPerEpoch: 40,
    ...parts,
  };
}

export function answerOf(parts: Partial<ForecastSummary> = {}): ForecastAnswer {
  return { kind: 'forecast', summary: buildSummary(parts), found: 'beside the config' };
}
