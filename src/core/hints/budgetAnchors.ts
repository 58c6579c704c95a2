import { configEntries } from './configEntries.ts';
import type { ConfigEntry, ConfigLanguage, TextRange } from './configEntry.ts';
import { type BudgetKey, type BudgetUnit, type Framework, frameworks } from './frameworks.ts';

/** A line of a config that sets the training budget. */
export interface BudgetAnchor {
  /** Dotted path of its key. */
  readonly path: string;
  /** The key alone, as it stands there. */
  readonly key: string;
  readonly keyRange: TextRange;
  readonly valueRange: TextRange;
  readonly value: number;
  /** As it is written, without quotes. */
  readonly valueText: string;
  readonly unit: BudgetUnit;
  readonly framework: string;
  /** Path of the key that counts instead of this one; null where this one counts. */
  readonly beatenBy: string | null;
}

export interface BudgetConfig {
  readonly anchors: readonly BudgetAnchor[];
  /** Folders the run writes to, as written, surest first. */
  readonly outputPaths: readonly string[];
}

const none: BudgetConfig = { anchors: [], outputPaths: [] };
/** Configs are some kB; what is longer is data. */
export const longestConfig = 300_000;

/** Finds the lines of a config that spend compute; empty for whatever is no training config. Never throws. */
export function budgetAnchors(text: string, language: ConfigLanguage): BudgetConfig {
  if (text.length > longestConfig || /"log_history"\s*:/.test(text)) return none;
  const entries = lastOfEach(configEntries(text, language));
  const paths = entries.map(({ path }) => path);
  const framework = frameworks.find(
    ({ marks, fewestMarks }) => marks.filter((mark) => paths.some((path) => mark.test(path))).length >= fewestMarks,
  );
  if (framework === undefined) return none;
  const found = framework.budget.flatMap((budgetKey) => {
    const entry = entries.find(({ path }) => isKey(path, budgetKey, framework));
    const value = entry === undefined ? null : budgetValue(entry.text);
    return entry === undefined || value === null ? [] : [{ entry, budgetKey, value }];
  });
  const winner = found[0]?.entry.path ?? null;
  return {
    anchors: found
      .map(({ entry, budgetKey, value }, i) => ({
        path: entry.path,
        key: text.slice(...entry.key).replace(/^["']|["']$/g, ''),
        keyRange: entry.key,
        valueRange: entry.range,
        value,
        valueText: entry.text ?? '',
        unit: budgetKey.unit,
        framework: framework.title,
        beatenBy: framework.precedence === 'first-set' && i > 0 ? winner : null,
      }))
      .sort((a, b) => a.keyRange[0] - b.keyRange[0]),
    outputPaths: outputPaths(entries, framework),
  };
}

/** Of a key that stands twice the later counts, as every loader has it. */
function lastOfEach(entries: readonly ConfigEntry[]): ConfigEntry[] {
  return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
}

function isKey(path: string, { path: wanted }: BudgetKey, { parents }: Framework): boolean {
  return parents.some((parent) => path === (parent === '' ? wanted : `${parent}.${wanted}`));
}

/** A positive number; -1, 0, null and interpolations mean "not set" or cannot be known here. */
function budgetValue(text: string | null): number | null {
  if (text === null || !/^[+]?\d[\d_]*(\.\d*)?(e[+]?\d+)?$/i.test(text.trim())) return null;
  const value = Number(text.trim().replaceAll('_', ''));
  // 9223372036854775807 and its like stand for "endless".
  return Number.isFinite(value) && value > 0 && value < 1e15 ? value : null;
}

function outputPaths(entries: readonly ConfigEntry[], { outputs, parents }: Framework): string[] {
  const found = outputs.flatMap((wanted) =>
    entries
      .filter(
        ({ path, text }) =>
          text !== null &&
          text !== '' &&
          parents.some((parent) => path === (parent === '' ? wanted : `${parent}.${wanted}`)),
      )
      .map(({ text }) => text ?? ''),
  );
  return [...new Set(found)];
}
