import { isCounterName } from '../counterName.ts';
import { parseNumber } from '../parseNumber.ts';
import { stripPrefixes } from './stripPrefixes.ts';
import type { Cell } from './writeRow.ts';

export interface NamedNumbers {
  readonly cells: readonly Cell[];
  /** The planned end, where a counter reads `3/10`. */
  readonly budget: { readonly x: number; readonly unit: string } | null;
}

/** Longer lines are text; records have at most some hundred cells. */
const longest = 8192;
const number = String.raw`[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?nan|[-+]?inf`;
const word = String.raw`[A-Za-z][\w@./%+-]*(?:\([\w@.,%-]{1,12}\))?`;
/** `Epoch 3/10`, `Epoch [3/10]`, `step: 100`, `iter=5`, `[Epoch 3]`. */
const counter =
  /\b(global[_ ]step|epochs?|steps?|iters?|iterations?|updates?|rounds?|episodes?|it|batch)\b\s*[:=#]?\s*[[(]?\s*(\d[\d,]*(?:\.\d+)?[KM]?)(?:\s*(?:\/|of)\s*(\d[\d,]*))?/gi;
/** `loss: 0.35`, `val loss = 0.35`, `loss=0.35`. */
const pair = new RegExp(
  String.raw`(${word}(?: ${word}){0,2})\s*[:=]\s*['"]?(${number})(?![\w:.-]*:\d)([%A-Za-z/]{0,8})`,
  'g',
);
/** `loss 0.35`, one word. */
const spaced = new RegExp(String.raw`(?:^|[\s,|;(])(${word})\s+(${number})(?=$|[\s,|;)%(])`, 'g');

/** The names with numbers of a console line, its counters first; null where there are none. */
export function namedNumbers(line: string): NamedNumbers | null {
  if (line.length < 5 || line.length > longest || !/\d/.test(line) || !/[A-Za-z]/.test(line)) return null;
  const text = stripPrefixes(line);
  const cells = new Map<string, number>();
  let budget: NamedNumbers['budget'] = null;
  for (const [, name = '', value = '', of] of text.matchAll(counter)) {
    const at = parseNumber(value);
    const key = name.toLowerCase().replace(' ', '_');
    if (at === undefined || cells.has(key)) continue;
    cells.set(key, at);
    const planned = of === undefined ? undefined : parseNumber(of);
    if (planned !== undefined && budget === null)
      budget = { x: planned, unit: key.includes('epoch') ? 'epoch' : 'step' };
  }
  const taken = new Set(cells.keys());
  const add = (name: string, value: string, unit: string): void => {
    const plain = name.trim();
    const key = plain.toLowerCase();
    if (taken.has(key) || isCounterName(plain) || cells.has(plain)) return;
    const parsed = parseNumber(`${value}${unit}`) ?? parseNumber(value);
    if (parsed !== undefined) cells.set(plain, parsed);
  };
  for (const [, name = '', value = '', unit = ''] of text.matchAll(pair)) add(name, value, unit);
  if (cells.size === taken.size) {
    for (const [, name = '', value = ''] of text.matchAll(spaced)) add(name, value, '');
  }
  return cells.size === 0 ? null : { cells: [...cells], budget };
}
