/** Scripts whose signs take two columns in a terminal, and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Latin, and the signs of texts and charts: none of them is a mark or wide, so that no class of Unicode is asked for. */
const isPlain = (unit: number): boolean =>
  unit < 0x300 || (unit >= 0x2000 && unit < 0x20d0) || (unit >= 0x2100 && unit < 0x2c00);

/** Columns that a text without control signs takes in a terminal. */
export function textWidth(text: string): number {
  return Array.from(text).reduce((width, sign) => width + signWidth(sign), 0);
}

/** The beginning of a text that fits, with an ellipsis where something was left out. */
export function clipText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let clipped = '';
  let used = 0;
  for (const sign of text) {
    used += signWidth(sign);
    if (used > width - 1) break;
    clipped += sign;
  }
  return width < 1 ? '' : `${clipped}\u2026`;
}

function signWidth(sign: string): number {
  if (isPlain(sign.charCodeAt(0))) return 1;
  if (/\p{M}/u.test(sign)) return 0;
  return wide.test(sign) ? 2 : 1;
}
