import type { ConfigEntry, ConfigLanguage, TextRange } from './configEntry.ts';
import { jsonEntries } from './jsonEntries.ts';
import { yamlEntries } from './yamlEntries.ts';

const byteOrderMark = '\ufeff';

/** Every scalar of a config with its place, in order. Never throws. */
export function configEntries(text: string, language: ConfigLanguage): ConfigEntry[] {
  const shift = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  const plain = text.slice(shift);
  const entries = unwrapped(language === 'yaml' ? yamlEntries(plain) : jsonEntries(plain));
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
