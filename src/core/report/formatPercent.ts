import { formatNumber } from './formatNumber.ts';

/** A narrow space that does not break: the sign stays with its number. */
const thinSpace = '\u202f';

/** A share (0 to 1) in per cent: whole from 1 % up, two digits below; what is not the whole is never called 100 %. */
export function formatPercent(share: number): string {
  if (share > 0.99 && share < 1) return `over 99${thinSpace}%`;
  const percent = 100 * share;
  const shown = Math.abs(percent) >= 1 ? Math.round(percent) : Number(percent.toPrecision(2));
  return `${formatNumber(shown)}${thinSpace}%`;
}
