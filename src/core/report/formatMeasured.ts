import { formatNumber } from './formatNumber.ts';

/** A value with its standard error where there is one: `0.62 ± 0.03`. @param digits what tells two values apart */
export function formatMeasured(value: number, error: number | undefined, digits: number): string {
  return error === undefined
    ? formatNumber(value, digits)
    : `${formatNumber(value, error)} ± ${formatNumber(error, error)}`;
}
