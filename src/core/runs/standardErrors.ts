import { axisRank } from './axisNames.ts';
import { byRow } from './byRow.ts';
import { nameTokens } from './nameTokens.ts';
import type { Column, Table } from './table.ts';

/** Words by which logs name a standard error. */
const errorWords: ReadonlySet<string> = new Set(['se', 'sem', 'stderr']);
/** And a standard deviation, which with the number of samples gives one. */
const spreadWords: ReadonlySet<string> = new Set(['std', 'stdev', 'stddev', 'sd']);
/** Words that a column of means has or has not beside its own errors: `acc_mean` and `acc_se`, `value` and `stderr`. */
const meanWords: ReadonlySet<string> = new Set(['mean', 'avg', 'average', 'value', 'estimate']);
/** The last word of a column that says how many samples a mean is of. */
const countEnds: ReadonlySet<string> = new Set(['n', 'count', 'samples', 'episodes']);
const countWords: ReadonlySet<string> = new Set([...countEnds, 'num', 'eval']);
/** Unknown errors are filled in where at least this share is known. */
const enoughKnown = 0.8;
/**
 * Standard errors are themselves estimated, and from few samples one may be 0 by luck: none counts for less than this share of
 * the median one.
 */
const leastOfMedian = 1 / 3;

/** Whether by its name a column may say how sure the values of one of the series are: their errors, spread or number of samples. */
export function mayTellErrorsOf(name: string, series: Iterable<string>): boolean {
  const tokens = tokensOf(name);
  const has = (words: ReadonlySet<string>): boolean => tokens.some((token) => words.has(token));
  const samplesOf = has(countEnds) ? keyOf(tokens, countWords) : null;
  // Samples of nothing are those of all.
  if (samplesOf === '') return true;
  const keys = [errorWords, spreadWords].filter(has).map((words) => keyOf(tokens, words));
  return [...series].some((one) => {
    const key = keyOf(tokensOf(one), new Set());
    return key === samplesOf || keys.includes(key);
  });
}

/** The columns of a table that say how sure the values of others are. */
export class StandardErrors {
  readonly #rowCount: number;
  readonly #given = new Map<string, Column>();
  readonly #errors = new Map<string, Column>();
  readonly #spreads = new Map<string, Column>();
  readonly #counts = new Map<string, Column>();

  constructor(table: Table) {
    this.#rowCount = table.rowCount;
    for (const column of table.columns) {
      if (column.rows.length === 0) continue;
      const tokens = tokensOf(column.name);
      const kind = (words: ReadonlySet<string>): boolean => tokens.some((token) => words.has(token));
      if (column.facts?.errorOf !== undefined) this.#given.set(column.facts.errorOf, column);
      else if (kind(errorWords)) putFirst(this.#errors, keyOf(tokens, errorWords), column);
      else if (kind(spreadWords)) putFirst(this.#spreads, keyOf(tokens, spreadWords), column);
      else if (countEnds.has(tokens.at(-1) ?? '') && isSize(column.values.view())) {
        putFirst(this.#counts, keyOf(tokens, countWords), column);
      }
    }
  }

  /** Standard errors of a column's values, by row; NaN where there is none. null for a column without. */
  of({ name, facts }: Column): Float64Array | null {
    if (this.#given.size + this.#errors.size + this.#spreads.size === 0) return null;
    const given = this.#given.get(name);
    if (given !== undefined) return byRow(given, this.#rowCount);
    const tokens = tokensOf(name);
    const isOther = tokens.some((token) => errorWords.has(token) || spreadWords.has(token) || token === 'count');
    if (isOther || facts?.axis !== undefined || axisRank(name) !== null) return null;
    const key = keyOf(tokens, new Set());
    const named = this.#errors.get(key);
    if (named !== undefined) return byRow(named, this.#rowCount);
    const spread = this.#spreads.get(key);
    const counts = this.#counts.get(key) ?? this.#counts.get('');
    if (spread === undefined || counts === undefined) return null;
    const samples = byRow(counts, this.#rowCount);
    return byRow(spread, this.#rowCount).map((deviation, row) => deviation / Math.sqrt(samples[row] ?? Number.NaN));
  }
}

/**
 * Errors that points may be weighed by: all known, none 0. null where too few are known, or most are 0.
 * @param errors NaN where one is not known
 */
export function weighableErrors(errors: Float64Array): Float64Array | null {
  const isKnown = (error: number): boolean => error >= 0 && error < Number.POSITIVE_INFINITY;
  const known = errors.filter(isKnown).sort();
  const median = known[known.length >> 1] ?? 0;
  if (known.length < enoughKnown * errors.length || !(median > 0)) return null;
  const largest = known.at(-1) ?? median;
  return errors.map((error) => (isKnown(error) ? Math.max(error, leastOfMedian * median) : largest));
}

/** Words of a name, a standard error being one. */
const tokensOf = (name: string): string[] =>
  nameTokens(name.replace(/std[ _-]?err(or)?|standard[ _-]?error/gi, ' stderr '));

/** What is left of a name when the words that say what of the quantity it is are gone. */
const keyOf = (tokens: readonly string[], without: ReadonlySet<string>): string =>
  tokens.filter((token) => !without.has(token) && !meanWords.has(token)).join(' ');

function putFirst(columns: Map<string, Column>, key: string, column: Column): void {
  if (!columns.has(key)) columns.set(key, column);
}

/** Numbers of samples stand still or go up and down; what rises counts progress. */
function isSize(values: Float64Array): boolean {
  const isRising = values.length > 1 && values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0));
  return !isRising && values.every((value) => value >= 2 && Number.isInteger(value));
}
