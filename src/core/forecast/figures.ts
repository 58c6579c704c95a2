/** A value with the digits that matter when it is known to within `width`: two of the width's own. */
export function figure(value: number, width: number): string {
  if (!Number.isFinite(value)) return 'unbounded';
  const size = Math.abs(width) > 0 && Number.isFinite(width) ? Math.abs(width) : Math.abs(value) / 100;
  if (size === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 * size) return '0';
  if (magnitude >= 1e7 || magnitude < 1e-4)
    return value.toPrecision(Math.min(15, Math.max(3, 2 + Math.ceil(Math.log10(magnitude / size)))));
  const decimals = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(size))));
  return value.toFixed(decimals);
}

/** A share as whole per cents. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Both ends of an interval; an en dash beside a minus sign would not be read. */
export function fromTo(lower: number, upper: number): string {
  const width = upper - lower;
  const [low, high] = [figure(lower, width), figure(upper, width)];
  return low.startsWith('-') || high.startsWith('-') ? `${low} to ${high}` : `${low}–${high}`;
}
