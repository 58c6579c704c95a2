import type { ConfigEntry, ConfigLanguage, TextRange } from './configEntry.ts';
import { jsonEntries } from './jsonEntries.ts';
import { shellEntries } from './shellEntries.ts';
import { tomlEntries } from './tomlEntries.ts';
import { yamlEntries } from './yamlEntries.ts';

const readers: Readonly<Record<ConfigLanguage, (text: string) => ConfigEntry[]>> = {
  yaml: yamlEntries,
  json: jsonEntries,
  toml: tomlEntries,
  shell: shellEntries,
};

const byteOrderMark = '\ufeff';

/** Open brackets over which a text is no config; a hundred thousand took the YAML parser five seconds. */
const mostOpen = 500;
/** The same of lists in lists: `- - - -`. */
const listsInLists = /(?:[-?][ \t]+){50}/;

/** Every scalar of a config with its place, in order. Never throws. */
export function configEntries(text: string, language: ConfigLanguage): ConfigEntry[] {
  if (listsInLists.test(text) || mostOpenIn(text) > mostOpen) return [];
  const shift = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  const plain = text.slice(shift);
  const entries = unwrapped(readers[language](plain));
  if (shift === 0) return entries;
  const shifted = ([start, end]: TextRange): TextRange => [start + shift, end + shift];
  return entries.map((entry) => ({ ...entry, key: shifted(entry.key), range: shifted(entry.range) }));
}

/** W&B writes each key of a run's config as `key: {desc: …, value: …}`, newer ones as `key: {value: …}`. */
function unwrapped(entries: ConfigEntry[]): ConfigEntry[] {
  const own = entries.filter(({ path }) => path !== 'wandb_version' && !path.startsWith('_wandb.'));
  if (own.length === 0 || !own.every(({ path }) => /^[^.]+\.(desc|value)(\.|$)/.test(path))) return entries;
  return own.map((entry) => ({ ...entry, path: entry.path.replace(/^([^.]+)\.value/, '$1') }));
}

/** Brackets in texts and comments are counted too: they are few, or come in pairs. */
function mostOpenIn(text: string): number {
  let [open, most] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}
