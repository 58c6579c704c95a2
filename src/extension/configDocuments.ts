import { languages, type TextDocument } from 'vscode';
import { longestConfig } from '../core/hints/configEntry.ts';
import { mayHoldBudget } from '../core/hints/mayHoldBudget.ts';

/** Training configs and launch scripts that carry hints; without an extension of its own TOML is plain text, as scripts of Slurm are. */
export const configs = [
  ...['yaml', 'json', 'toml', 'shellscript'].map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', pattern: '**/*.{toml,slurm,sbatch}' },
];
/** Data, no config; it is not sent to the server. */
export const isTooLong = (document: TextDocument): boolean =>
  document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > longestConfig;

/** Whether a document may carry a hint: most JSON, YAML and shell scripts are not about training at all. */
export const mayCarryHints = (document: TextDocument): boolean =>
  languages.match(configs, document) > 0 && !isTooLong(document) && mayHoldBudget(document.getText());
