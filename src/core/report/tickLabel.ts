import { formatNumber } from './formatNumber.ts';

/** A tick's value with the digits that tell it from its neighbours: those of the step's own place. */
export function tickLabel(value: number, step: number): string {
  return step >= 1 && Number.isInteger(value) && Math.abs(value) < 1e7
    ? formatNumber(value)
    : formatNumber(value, 5 * 10 ** Math.floor(Math.log10(step) + 1e-9));
}
