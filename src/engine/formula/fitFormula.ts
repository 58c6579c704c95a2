import { toFitSeries } from '../../core/dynamics/toFitSeries.ts';
import type { CurveFamily } from '../../core/fit/curveFamily.ts';
import { fitCurve } from '../../core/fit/fitCurve.ts';
import type { SeriesInput } from '../../core/forecast/forecaster.ts';
import { formatNumber } from '../../core/report/formatNumber.ts';
import type { FormulaFit, FormulaReport } from '../../core/report/predictReport.ts';
import { readableName } from '../../core/report/readableName.ts';

/** What the user's formula alone makes of each series: its parameters with standard errors, and the same in words. */
export function fitFormula(formula: CurveFamily, inputs: readonly SeriesInput[]): FormulaReport {
  return { text: formula.name, series: inputs.map((input) => fitOne(formula, input)) };
}

function fitOne(formula: CurveFamily, input: SeriesInput): FormulaFit {
  const { name } = input;
  const fit = fitCurve(formula, [toFitSeries(input)]);
  const start = `${readableName(name)} by ${formula.name}`;
  if (fit.kind === 'none') {
    return { name, parameters: null, r2: null, sentence: `${start}: not fitted, because ${fit.because}.` };
  }
  const [series] = fit.series;
  const unknown = { value: Number.NaN, standardError: Number.NaN };
  const parameters = [
    { name: 'limit', ...(series?.limit ?? unknown) },
    { name: 'amplitude', ...(series?.amplitude ?? unknown) },
    ...formula.parameters.map((parameter, k) => ({ name: parameter.name, ...(fit.shape[k] ?? unknown) })),
  ];
  const words = parameters.map(({ name: called, value, standardError }) =>
    Number.isFinite(standardError)
      ? `${called} ${formatNumber(value, standardError)} \u00b1 ${formatNumber(standardError, standardError)}`
      : `${called} not told by the data`,
  );
  const r2 = series?.r2 ?? null;
  const ending =
    fit.stoppedAt === 'edge'
      ? '; the best value of its shape lies far outside its bounds, so the figures mean little'
      : r2 === null
        ? ''
        : ` (R\u00b2 ${r2.toFixed(4)})`;
  return { name, parameters, r2, sentence: `${start}: ${words.join(', ')}${ending}.` };
}
