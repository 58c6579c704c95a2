/** Wrappers that Python prints around a number: `np.float64(0.19)`, `tensor(0.3, device='cuda:0')`. */
const wrapper = /^(?:np\.|numpy\.|torch\.|jnp\.)?(?:float|int|uint|bfloat|double|tensor|array|Array)\d*\(\s*([^,()]+)/i;
const plain = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const grouped = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const withUnit = /^([-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(%|[A-Za-zµ/]+)$/i;
const withSpread = /^(\S+)\s*(?:\+-|\+\/-|±|\()/;
/** A number with all that is printed around it is shorter, and in longer texts looking for one is slow. */
const longest = 500;
const multiples: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/**
 * The number a log means by `text`, in any spelling that loggers use: `'3.41'`, `1,099`, `50K`, `65.00%` (65),
 * `np.float64(0.19)`, `2.39 (2.41)` (now and average: now), `-257.4 +- 63.2`, `216.33ms`, `+nan`, `inf`.
 * Undefined where it is none (`None`, words, dates).
 */
export function parseNumber(text: string): number | undefined {
  if (text.length > longest) return undefined;
  let value = text.trim();
  if (plain.test(value)) return Number(value);
  if (/^["'].*["']$/.test(value)) value = value.slice(1, -1).trim();
  const wrapped = wrapper.exec(value);
  if (wrapped !== null) value = (wrapped[1] ?? '').trim();
  if (plain.test(value)) return Number(value);
  const special = /^([-+]?)(?:(nan)|inf(?:inity)?)(?:ms|s|%|z)?$/i.exec(value);
  if (special !== null) {
    if (special[2] !== undefined) return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (grouped.test(value)) return Number(value.replaceAll(',', ''));
  const spread = withSpread.exec(value);
  if (spread !== null) return parseNumber(spread[1] ?? '');
  const united = withUnit.exec(value);
  if (united === null) return undefined;
  const [, digits = '', unit = ''] = united;
  const size = Number(digits.replaceAll(',', ''));
  const factor = Object.hasOwn(multiples, unit) ? multiples[unit] : undefined;
  return factor === undefined ? size : Number((size * factor).toPrecision(15));
}
