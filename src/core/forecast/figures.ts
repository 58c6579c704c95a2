/** A value with the digits that matter when it is known to within `width`: two of the width's own. */
export function figure(value: number, width: number): string {
  if (!Number.isFinite(value)) return 'unbounded';
  const size = Math.abs(width) > 0 && Number.isFinite(width) ? Math.abs(width) : Math.abs(value) / 100;
  if (size === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e7 || (magnitude > 0 && magnitude < 1e-4)) return value.toPrecision(3);
  const decimals = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(size))));
  return value.toFixed(decimals);
}

/** A share as whole per cents. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
