import type { ForecastSummary } from '../report/forecastSummary.ts';

const width = 260;
const height = 64;
const margin = 4;

/** Points so far, forecast and limit as a data URI of an SVG; in greys and a blue that show on light and dark. */
export function smallCurve({ points, forecast, limit, lastX }: ForecastSummary): string {
  const future = forecast.filter(({ x }) => x >= lastX);
  if (points.length < 2) return '';
  const ys = [...points.map(([, y]) => y), ...future.map(({ y }) => y), ...(limit === null ? [] : [limit.value])];
  const xs = [...points.map(([x]) => x), ...future.map(({ x }) => x)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const place = (value: number, from: number, to: number, size: number): number =>
    to > from ? margin + ((value - from) / (to - from)) * (size - 2 * margin) : size / 2;
  const at = (x: number, y: number): string =>
    `${place(x, left, right, width).toFixed(1)},${(height - place(y, low, high, height)).toFixed(1)}`;
  const observed = points.map(([x, y]) => at(x, y)).join(' ');
  const lastPoint = points.at(-1);
  const ahead = [...(lastPoint === undefined ? [] : [at(...lastPoint)]), ...future.map(({ x, y }) => at(x, y))].join(
    ' ',
  );
  const line = (list: string, extra: string): string =>
    `<polyline points="${list}" fill="none" stroke-width="1.5" ${extra}/>`;
  const level =
    limit === null
      ? ''
      : line(`${at(left, limit.value)} ${at(right, limit.value)}`, 'stroke="#888" stroke-dasharray="1 3"');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${level}${line(ahead, 'stroke="#3794ff" stroke-dasharray="4 3"')}${line(observed, 'stroke="#3794ff"')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg).replaceAll('(', '%28').replaceAll(')', '%29')}`;
}
