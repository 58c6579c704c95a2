import { formatNumber } from './formatNumber.ts';

/** A tick's value with the digits that tell it from its neighbours; 0.31 of a step justifies just those. */
export function tickLabel(value: number, step: number): string {
  return step >= 1 && Number.isInteger(value) && Math.abs(value) < 1e7
    ? formatNumber(value)
    : formatNumber(value, step * 0.99);
}
