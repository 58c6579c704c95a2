import type { Span } from '../src/core/report/chartFrame.ts';
import { formatNumber } from '../src/core/report/formatNumber.ts';

/** An x as it is where that is a whole number, else with the digits that tell it from its neighbours in the picture. */
export function formatX(x: number, { min, max }: Span): string {
  const span = max - min;
  if (Number.isInteger(x) && Math.abs(x) < 1e7) return formatNumber(x);
  // Seconds since 1970 and their like: rounded to a power of ten they would all be one.
  if (Math.abs(x) >= 1e7 && span < 0.05 * Math.abs(x)) return x.toFixed(span > 100 ? 0 : 2);
  const text = formatNumber(x, span / 100);
  return text.includes('e') ? text : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
