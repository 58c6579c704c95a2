import type { Span } from '../src/core/report/chartFrame.ts';
import { formatNumber } from '../src/core/report/formatNumber.ts';

/** An x as it is where that is a whole number, else with the digits that tell it from its neighbours in the picture. */
export function formatX(x: number, { min, max }: Span): string {
  if (Number.isInteger(x)) return formatNumber(x);
  const text = formatNumber(x, (max - min) / 100);
  return text.includes('e') ? text : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
