/** A file below a {@link LogPlace}. */
export interface FoundFile {
  /** Relative to the place, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Names by which frameworks write logs, surest first; all of one line are equally sure. */
const ranks: readonly RegExp[] = [
  /(^|\/)(trainer_log\.jsonl|trainer_state\.json|experiment_log\.jsonl)$/,
  /(^|\/)(results|metrics|progress|history|training_log|log|run)\.csv$|(^|\/)(metrics|log|history|scalars)\.jsonl?$|\.log\.json$|(^|\/)vis_data\/[^/]+\.json$|(^|\/)evaluations\.npz$/,
  /(^|\/)events\.out\.tfevents[^/]*$|\.wandb$/,
  /(^|\/)[^/]*(train|run|output|console)[^/]*\.log$/,
  /\.log$|(^|\/)(nohup|slurm[^/]*|[^/]*train[^/]*|[^/]*log[^/]*)\.(out|txt)$|\.out$/,
  /\.(csv|tsv|jsonl|ndjson)$/,
];

/** Files that frameworks write beside a log, and data sets; none is a log. */
const noLogs =
  /(^|\/)((all|train|eval|test|predict)_results\.json|(train|val)_data_step\d+\.jsonl|generations?\.\w+|debug-internal\.log|wandb-[^/]*|(train|test|val|valid|validation|dev|data|dataset|samples?|predictions?|generated_predictions|submission|prompts?|vocab)\.(csv|tsv|jsonl)|requirements[^/]*\.txt)$|(^|\/)(data|datasets?)\/|(^|\/)wandb\/(.*\/)?logs\/debug[^/]*\.log$/;

/** Folders with nothing to find, or with too much to look through. */
const closedFolders =
  /^(\..*|node_modules|__pycache__|site-packages|venv|env|dist|global_step_?\d+|weights|data|datasets?)$/;

/** Entries after which a search of one place ends: a log lies near the top of its folder. */
export const mostEntries = 2000;

export function isWorthOpening(folderName: string): boolean {
  return !closedFolders.test(folderName.toLowerCase());
}

/**
 * Those files that look like logs by name, likeliest first: by kind of name; then by nearness to the place; then the
 * family last written (`version_#/metrics.csv` is a family), in it the highest number (`checkpoint-900` before `-500`).
 */
export function rankLogs(files: readonly FoundFile[]): readonly FoundFile[] {
  const ranked = files.flatMap((file) => {
    const name = file.path.toLowerCase();
    const rank = file.size === 0 || noLogs.test(name) ? -1 : ranks.findIndex((pattern) => pattern.test(name));
    return rank < 0 ? [] : [{ file, rank, levels: name.split('/').length, family: name.replace(/\d+/g, '#') }];
  });
  const written = new Map<string, number>();
  for (const { file, family } of ranked) {
    written.set(family, Math.max(written.get(family) ?? 0, file.modifiedMs));
  }
  const lastWritten = (family: string): number => written.get(family) ?? 0;
  return ranked
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.levels - b.levels ||
        lastWritten(b.family) - lastWritten(a.family) ||
        (a.family < b.family ? -1 : a.family > b.family ? 1 : naturalOrder(b.file.path, a.file.path)),
    )
    .map(({ file }) => file);
}

/** Numbers by value, the rest by sign: `v9` before `v10`. Independent of the locale. */
function naturalOrder(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.match(/\d+|\D+/g) ?? []);
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i += 1) {
    const [one = '', other = ''] = [left?.[i], right?.[i]];
    if (one === other) continue;
    const difference = Number(one) - Number(other);
    if (!Number.isNaN(difference) && difference !== 0) return difference;
    return one < other ? -1 : 1;
  }
  return 0;
}
