/** Channels 0 to 255, alpha 0 to 1. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** A colour as themes write it: `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)`; null for anything else. */
export function parseColour(text: string): Colour | null {
  const written = text.trim();
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(written)?.[1];
  if (hex !== undefined) {
    const long = hex.length <= 4 ? Array.from(hex, (digit) => digit + digit).join('') : hex;
    const at = (i: number): number => Number.parseInt(long.slice(2 * i, 2 * i + 2), 16);
    return { red: at(0), green: at(1), blue: at(2), alpha: long.length === 8 ? at(3) / 255 : 1 };
  }
  const numbers = /^rgba?\(([^)]*)\)$/i
    .exec(written)?.[1]
    ?.split(/[\s,/]+/)
    .filter((part) => part !== '');
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN, alpha = 1] = (numbers ?? []).map((part) =>
    part.endsWith('%') ? Number.parseFloat(part) / 100 : Number(part),
  );
  return [red, green, blue, alpha].every(Number.isFinite) ? { red, green, blue, alpha } : null;
}

export const black: Colour = { red: 0, green: 0, blue: 0, alpha: 1 };
export const white: Colour = { red: 255, green: 255, blue: 255, alpha: 1 };

export function toCss({ red, green, blue, alpha }: Colour): string {
  return `rgba(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)}, ${Number(alpha.toFixed(3))})`;
}

/** `share` of the second colour over the first, opaque where the first is. */
export function mixed(under: Colour, over: Colour, share: number): Colour {
  const at = (a: number, b: number): number => a + (b - a) * share * over.alpha;
  return {
    red: at(under.red, over.red),
    green: at(under.green, over.green),
    blue: at(under.blue, over.blue),
    alpha: under.alpha,
  };
}

/**
 * The colour as an ink, opaque, as dark or light as it must be to stand out from the ground by the contrast: some themes' do
 * not. Towards black it keeps its hue and its saturation; towards the foreground, which is grey, an orange would be brown.
 */
export function withContrast(colour: Colour, ground: Colour, contrast: number): Colour {
  const end = contrastOf(black, ground) > contrastOf(white, ground) ? black : white;
  const ink = { ...colour, alpha: 1 };
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(ink, end, share);
    if (contrastOf(tried, ground) >= contrast) return tried;
  }
  return end;
}

/** Contrast ratio of WCAG 2.2, 1 to 21. */
export function contrastOf(a: Colour, b: Colour): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** Relative luminance of WCAG 2.2. */
function luminance({ red, green, blue }: Colour): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
