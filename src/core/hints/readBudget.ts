import type { BudgetUnit } from './frameworks.ts';

export interface BudgetValue {
  readonly value: number;
  /** Named by the value itself (`2ep`); null for a plain number. */
  readonly unit: BudgetUnit | null;
  /** How many signs of the text are the number. */
  readonly length: number;
}

/** YAML 1.1 reads `2e3` as a string and frameworks turn it into a number; underscores part digits in both. */
const number = /^\s*[+-]?(\d[\d_]*)?(\.[\d_]*)?(e[+-]?\d+)?/i;

/** A budget as configs write it: `30`, `3.0`, `1_000`, `2e3`, `4800ba`, `2ep`. null: not a number, so nothing is claimed. */
export function readBudget(text: string): BudgetValue | null {
  const written = number.exec(text)?.[0] ?? '';
  const value = Number(written.replaceAll('_', ''));
  if (!/\d/.test(written) || !Number.isFinite(value)) return null;
  const rest = text.slice(written.length).trimEnd();
  if (rest === '') return { value, unit: null, length: written.length };
  if (rest === 'ep') return { value, unit: 'epoch', length: written.length };
  return rest === 'ba' ? { value, unit: 'step', length: written.length } : null;
}
