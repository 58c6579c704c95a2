const minus = '\u2212';

/**
 * A number with the digits that its uncertainty justifies (the rounding rule of the Particle Data Group): the width of the
 * interval keeps two digits where they are 10 to 35, else one. Without a width: three significant digits.
 */
export function formatNumber(value: number, width: number | null = null): string {
  if (Number.isNaN(value)) return 'unknown';
  if (!Number.isFinite(value)) return value > 0 ? '\u221e' : `${minus}\u221e`;
  const size = Math.abs(value);
  const isWidthKnown = width !== null && Number.isFinite(width) && width !== 0;
  const place = isWidthKnown ? lastPlace(Math.abs(width)) : size > 0 ? Math.floor(Math.log10(size)) - 2 : 0;
  if (size === 0 || size < 0.5 * 10 ** place) return withMinus(zero(place, isWidthKnown));
  const exponent = Math.floor(Math.log10(size));
  if (exponent >= 7 || exponent < -4) {
    const [digits = '', power = ''] = value.toExponential(Math.min(6, Math.max(0, exponent - place))).split('e');
    return withMinus(`${digits}e${power.replace('+', '')}`);
  }
  if (isWidthKnown) {
    return withMinus(
      place < 0 ? value.toFixed(Math.min(12, -place)) : String(Math.round(value / 10 ** place) * 10 ** place),
    );
  }
  // A whole number is a count or a chosen value: it is shown as it is.
  return withMinus(String(Number.isInteger(value) ? value : Number(value.toPrecision(3))));
}

/** Power of ten of the last digit that a width of this size justifies. */
function lastPlace(width: number): number {
  const place = Math.floor(Math.log10(width));
  const leading = width / 10 ** place;
  return leading < 3.55 ? place - 1 : leading < 9.5 ? place : place;
}

function zero(place: number, isWidthKnown: boolean): string {
  return isWidthKnown && place < 0 && place >= -6 ? (0).toFixed(-place) : '0';
}

function withMinus(text: string): string {
  return text.replaceAll('-', minus);
}
