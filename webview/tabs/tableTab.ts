import { chartFrame } from '../../src/core/report/chartFrame.ts';
import { formatInterval } from '../../src/core/report/formatInterval.ts';
import { formatMeasured } from '../../src/core/report/formatMeasured.ts';
import { formatNumber } from '../../src/core/report/formatNumber.ts';
import type { Prediction } from '../../src/core/report/prediction.ts';
import { readableName } from '../../src/core/report/readableName.ts';
import { seenDigits } from '../chart/scene.ts';
import { element } from '../element.ts';
import { formatX } from '../formatX.ts';
import { writeSentence } from '../writeSentence.ts';

/** Of longer runs every so manieth checkpoint stands in the table, and the last. */
const mostRows = 200;

/** The chart in words and figures: what was seen, and what is forecast with its interval. */
export class TableTab {
  readonly element = element('div', { class: 'scroll tall' });

  show(prediction: Prediction): void {
    const frame = chartFrame(prediction);
    const x = readableName(prediction.report.x.name);
    const names = frame.series.map(({ role, report }) => (role === 'none' ? readableName(report.name) : role));
    const seen = rowsOf(frame.series.flatMap(({ observed }) => observed.map(([at]) => at)));
    const ahead = rowsOf(
      frame.series.flatMap(({ forecast }) => forecast.map((point) => point.x)).filter((at) => at > (frame.now ?? at)),
    );
    const digits = seenDigits(frame);
    const values = frame.series.map(({ observed, errors, forecast }) => ({
      observed: new Map(observed),
      errors,
      forecast: new Map(forecast.map((point) => [point.x, point])),
    }));
    const row = (at: number, isForecast: boolean): HTMLElement =>
      element(
        'tr',
        { class: isForecast ? 'ahead' : undefined },
        element('th', { scope: 'row', class: 'number' }, formatX(at, frame.x)),
        element('td', {}, isForecast ? 'forecast' : 'seen'),
        ...values.map(({ observed, errors, forecast }) => {
          const point = forecast.get(at);
          const y = observed.get(at);
          const width = point === undefined ? 0 : point.upper - point.lower;
          const text =
            isForecast && point !== undefined
              ? `${formatNumber(point.y, width)} (${formatInterval(point.lower, point.upper, width)})`
              : !isForecast && y !== undefined
                ? formatMeasured(y, errors.get(at), digits)
                : '\u2013';
          const cell = element('td', { class: 'number' });
          writeSentence(text, cell);
          return cell;
        }),
      );
    const caption = `The chart as a table: ${names.join(', ')} by ${x}, ${seen.isWhole ? '' : `${seen.values.length} of ${seen.count} checkpoints `}seen and forecast.`;
    this.element.replaceChildren(
      element(
        'table',
        { class: 'points' },
        element('caption', {}, caption),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col', class: 'number' }, x),
            element('th', { scope: 'col' }, ''),
            ...names.map((name) => element('th', { scope: 'col', class: 'number' }, name)),
          ),
        ),
        element('tbody', {}, ...seen.values.map((at) => row(at, false)), ...ahead.values.map((at) => row(at, true))),
      ),
    );
  }
}

function rowsOf(xs: readonly number[]): { values: number[]; count: number; isWhole: boolean } {
  const all = Array.from(new Set(xs)).sort((a, b) => a - b);
  const every = Math.ceil(all.length / mostRows);
  const values = all.filter((_, i) => i % every === 0 || i === all.length - 1);
  return { values, count: all.length, isWhole: values.length === all.length };
}
