/** Scripts whose signs take two columns in a terminal, and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

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
  if (/\p{M}/u.test(sign)) return 0;
  return wide.test(sign) ? 2 : 1;
}
