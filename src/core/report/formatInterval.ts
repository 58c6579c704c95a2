import { formatNumber } from './formatNumber.ts';

/**
 * Both ends of an interval with an en dash, or with `to` where a minus sign or an exponent would make a dash unreadable.
 * @param width says the digits; of the upper end another may
 */
export function formatInterval(
  lower: number,
  upper: number,
  width: number = upper - lower,
  upperWidth: number = width,
): string {
  const [low, high] = [formatNumber(lower, width), formatNumber(upper, upperWidth)];
  return /[\u2212e]/.test(low + high) ? `${low} to ${high}` : `${low}\u2013${high}`;
}
