import { parseNumber } from '../parseNumber.ts';

const percent = /^[+-]?[\d.]+(?:e[+-]?\d+)?\s*%$/i;
/** `0,05` where cells are apart by semicolons, as spreadsheets write it in half of Europe. */
const decimalComma = /^[+-]?\d+,\d+(?:e[+-]?\d+)?$/i;
/** `tensor(0.3, device='cuda:0')`, `np.float64(0.19)`, `1,099`, `0.5 ± 0.1`: what Python wrote for a number. */
const written =
  /^(?:(?:np|numpy|torch|jnp)\.|tensor\(|array\(|Array\()|^[+-]?\d{1,3}(?:,\d{3})+$|^[+-]?[\d.]+\s*(?:±|\+\/?-)\s*[\d.]+$/;
/** `3/20` where a counter stands: the third of twenty. */
const ofTotal = /^(\d+)\s*\/\s*\d+$/;

/** The number that a cell means which is not written as one; undefined where it is a text: `7B` is a model, `3rd` a place. */
export function cellNumber(text: string, delimiter: string, isCounter: boolean): number | undefined {
  if (delimiter === ';' && decimalComma.test(text)) return Number(text.replace(',', '.'));
  if (percent.test(text) || written.test(text)) {
    const number = parseNumber(text);
    return number !== undefined && Number.isFinite(number) ? number : undefined;
  }
  const at = isCounter ? ofTotal.exec(text) : null;
  return at === null ? undefined : Number(at[1]);
}
