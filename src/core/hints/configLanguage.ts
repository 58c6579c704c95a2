import type { ConfigLanguage } from './configEntry.ts';

const byEnding: readonly (readonly [ending: RegExp, language: ConfigLanguage])[] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.jsonc?$/i, 'json'],
  [/\.toml$/i, 'toml'],
  [/\.(?:sh|bash|zsh|ksh|slurm|sbatch|pbs|job)$/i, 'shell'],
];

/** How the config of this name is written; null where its name does not say. */
export function configLanguageOf(name: string): ConfigLanguage | null {
  return byEnding.find(([ending]) => ending.test(name))?.[1] ?? null;
}
