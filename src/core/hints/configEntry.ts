/** Part of a text: [start, end) in UTF-16 units. */
export type TextRange = readonly [start: number, end: number];

/** A key of a config with a scalar value, wherever it is nested. */
export interface ConfigEntry {
  /** Dotted: `trainer.total_epochs`, however the config spells the nesting; members of lists by their index. */
  readonly path: string;
  readonly key: TextRange;
  /** Of the value with its quotes. */
  readonly range: TextRange;
  /** The value without quotes; null where the config gives none (`key:`, `null`, `~`). */
  readonly text: string | null;
}

export type ConfigLanguage = 'yaml' | 'json' | 'toml' | 'shell';

/** Configs are some kB; what is longer is data. */
export const longestConfig = 300_000;
/** Deeper nesting and longer configs exist, but none is a training config; aliases could make a small text endless. */
export const deepest = 40;
export const mostEntries = 20_000;
