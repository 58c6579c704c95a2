import { naturalOrder } from './naturalOrder.ts';

/** A file below a folder. */
export interface ListedFile {
  /** Relative to the folder, with /. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

export interface PlannedPart {
  readonly path: string;
  /** Put before the names of its columns. */
  readonly prefix: string;
}

export type Join = 'append' | 'merge' | 'by-time';

/** Files that make one run. */
export interface PlannedRun {
  readonly name: string;
  readonly parts: readonly PlannedPart[];
  /**
   * `append`: the parts follow each other; `merge`: they hold other columns of the same steps; `by-time`: they hold the
   * episodes of environments that ran side by side.
   */
  readonly join: Join;
  /** A file that holds the name its user gave it. */
  readonly nameFile: string | null;
  /** Its names are such as only logs of a framework have. */
  readonly isClear: boolean;
}

interface Kind {
  readonly pattern: RegExp;
  /** Of several kinds in one run's folder the lowest is read. */
  readonly rank: number;
  /** Where the folder of the run ends in the path, when it is not the file's own folder. */
  readonly root?: RegExp;
  readonly join?: Join;
  /** Other logs of the same records, which are read instead where they are there. */
  readonly twins?: (path: string) => readonly string[];
}

const split = /\/?(?:^|(?<=\/))(train|training|valid|validation|val|eval|evaluation|test)$/;

/** OpenMMLab names its logs by the time of the start; the records of the text stand in JSON lines beside or below it. */
const openMmlabTwins = (path: string): readonly string[] => [
  `${path}.json`,
  path.replace(/[^/]+$/, (name) => `vis_data/${name}on`).replace(/\.logon$/, '.json'),
];

/** Stable-Baselines3 writes a file an environment, with its number before the ending. */
const monitor = /monitor\.csv$/;

/** Logs by the names that frameworks give them; content still decides what each one is. */
const kinds: readonly Kind[] = [
  { pattern: /(^|\/)trainer_log\.jsonl$/, rank: 1 },
  { pattern: /(^|\/)trainer_state\.json$/, rank: 2, root: /(^|\/)checkpoint-\d+$/ },
  { pattern: /(^|\/)(metrics|results)\.csv$/, rank: 3 },
  { pattern: /(^|\/)(progress\.csv|result\.json|progress\.txt)$/, rank: 3 },
  { pattern: /\.wandb$/, rank: 4, join: 'append' },
  { pattern: /(^|\/)wandb-history\.jsonl$/, rank: 4 },
  { pattern: /(^|\/)backup\.swanlab$/, rank: 4 },
  { pattern: /(^|\/)plots\/metrics\/.+\.tsv$/, rank: 4, root: /(^|\/)plots\/metrics(\/.*)?$/, join: 'merge' },
  { pattern: /(^|\/)[0-9a-f]{32}\/metrics\/.+$/, rank: 4, root: /(?<=[0-9a-f]{32})\/metrics(\/.*)?$/, join: 'merge' },
  { pattern: /(^|\/)(mlruns|mlflow)\.db$/, rank: 4 },
  { pattern: /(^|\/)logs\/[^/]+\/\d+\.(log|json)$/, rank: 5, root: /(^|\/)logs\/[^/]+$/, join: 'merge' },
  { pattern: /(^|\/)[^/]*tfevents[^/]*$/, rank: 5, root: split, join: 'append' },
  { pattern: /(^|\/)vis_data\/\d{8}_\d{6}\.json$/, rank: 5, root: /(^|\/)vis_data$/ },
  { pattern: /\.log\.json$/, rank: 5 },
  { pattern: /(^|\/)\d{8}_\d{6}\.log$/, rank: 5, twins: openMmlabTwins },
  { pattern: monitor, rank: 6, join: 'by-time' },
  { pattern: /(^|\/)metrics\.jsonl?$/, rank: 6 },
  { pattern: /\.(jsonl|csv|tsv)$/, rank: 7 },
  { pattern: /\.(log|out)$|(^|\/)[^/]*log[^/]*\.txt$/, rank: 8 },
];
/** From here on a name says little, and a log below that says more is taken instead. */
const vague = 6;
/** Looked into only where no file has the name of a log: a history that was renamed. */
const renamed: Kind = { pattern: /\.(json|txt)$/, rank: 9 };
/** Folders above the one that was named, among which a framework's own names are looked for. */
const foldersAbove = 6;

interface Candidate {
  readonly file: ListedFile;
  readonly kind: Kind;
  readonly root: string;
}

/**
 * Tells from the names in a folder which runs it has and which files make each: one framework writes several logs of one
 * run, another one file a metric, a third goes on in a next file. Runs are in the natural order of their folders' names,
 * in which frameworks count them, so that the newest is last.
 */
export function planFolder(folder: string, files: readonly ListedFile[]): readonly PlannedRun[] {
  const above = folder.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const place = above.slice(-foldersAbove).join('/');
  const filled = files.filter(({ size }) => size > 0);
  const paths = new Set(filled.map(({ path }) => path));
  const named = filled.flatMap((file) => candidateOf(file, place, paths));
  const candidates =
    named.length > 0
      ? named
      : filled.flatMap((file) =>
          renamed.pattern.test(file.path) ? [{ file, kind: renamed, root: folderOf(file.path) }] : [],
        );
  const byRoot = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const list = byRoot.get(candidate.root);
    if (list === undefined) byRoot.set(candidate.root, [candidate]);
    else list.push(candidate);
  }
  const best = [...byRoot].map(([root, found]) => {
    const rank = Math.min(...found.map(({ kind }) => kind.rank));
    return { root, rank, found: found.filter(({ kind }) => kind.rank === rank) };
  });
  return best
    .filter((one) => !best.some((other) => isCoveredBy(one, other)))
    .sort((a, b) => byAge(a, b) || naturalOrder(a.root, b.root))
    .flatMap(({ root, rank, found }) => {
      const nameFile = root === '' ? mlflowName : `${root}/${mlflowName}`;
      return runsOf(above.at(-1) ?? '', root, found).map((run) => ({
        ...run,
        isClear: rank < vague,
        nameFile: paths.has(nameFile) ? nameFile : null,
      }));
    });
}

/** A file by its name and the folders below the one that was named; where these say little, by the folders above too. */
function candidateOf(file: ListedFile, place: string, paths: ReadonlySet<string>): readonly Candidate[] {
  const own = kinds.find(({ pattern }) => pattern.test(file.path));
  if (own !== undefined && own.rank < vague) {
    if (own.twins?.(file.path).some((twin) => paths.has(twin))) return [];
    return [{ file, kind: own, root: rootOf(file.path, own) }];
  }
  const full = `${place}/${file.path}`;
  const placed = kinds.find(({ pattern, rank }) => rank < vague && pattern.test(full));
  if (placed !== undefined) {
    const root = rootOf(full, placed);
    return [{ file, kind: placed, root: root.startsWith(`${place}/`) ? root.slice(place.length + 1) : '' }];
  }
  return own === undefined ? [] : [{ file, kind: own, root: rootOf(file.path, own) }];
}

const mlflowName = 'tags/mlflow.runName';

/** A random id says nothing of a run's age; its files do. */
function byAge(
  a: { root: string; found: readonly Candidate[] },
  b: { root: string; found: readonly Candidate[] },
): number {
  const isById = [a, b].every(({ root }) => /[0-9a-f]{32}$/.test(root));
  const age = ({ found }: { found: readonly Candidate[] }) => Math.max(...found.map(({ file }) => file.modifiedMs));
  return isById ? age(a) - age(b) : 0;
}

/** A run's other logs lie in folders below it; a vague log above clear ones is about all of them. */
function isCoveredBy(
  one: { readonly root: string; readonly rank: number },
  other: { readonly root: string; readonly rank: number },
): boolean {
  if (isBelow(one.root, other.root)) return other.rank < vague && other.rank <= one.rank && one.rank > 3;
  return isBelow(other.root, one.root) && one.rank >= vague && other.rank < one.rank;
}

const isBelow = (path: string, folder: string): boolean =>
  path !== folder && (folder === '' || path.startsWith(`${folder}/`));

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A W&B run that was resumed has a folder for each time, and one id; console text lies below. */
const timeOfRun = /(?:offline-)?run-\d{8}_\d{6}-(?=[^/]+(?:\/run-[^/]+\.wandb|\/(?:files|logs)\/[^/]+\.log)$)/;

function rootOf(path: string, kind: Kind): string {
  const folder = folderOf(path.replace(timeOfRun, ''));
  return kind.root === undefined ? folder : folder.replace(kind.root, '');
}

type UnnamedRun = Omit<PlannedRun, 'nameFile' | 'isClear'>;

function runsOf(folderName: string, root: string, found: readonly Candidate[]): readonly UnnamedRun[] {
  const name = root === '' ? folderName : root;
  const [first] = found;
  if (first === undefined) return [];
  const paths = found.map(({ file }) => file.path).sort(naturalOrder);
  if (paths.every((path) => path.endsWith('trainer_state.json'))) {
    // The later file has what the earlier ones have; the one outside of the checkpoints is written last.
    const outside = paths.find((path) => folderOf(path) === root);
    return [{ name, parts: [{ path: outside ?? paths.at(-1) ?? '', prefix: '' }], join: 'append' }];
  }
  const { join } = first.kind;
  if (join === 'by-time') return environments(name, paths);
  if (join === undefined) {
    return paths.map((path) => ({
      name: paths.length === 1 ? name : `${name}/${path.slice(path.lastIndexOf('/') + 1)}`,
      parts: [{ path, prefix: '' }],
      join: 'append',
    }));
  }
  const parts = paths.map((path) => ({ path, prefix: prefixOf(path) }));
  const areSplit = parts.some(({ prefix }) => prefix !== '') && new Set(parts.map(({ prefix }) => prefix)).size > 1;
  return [
    {
      name,
      parts: areSplit ? parts : parts.map(({ path }) => ({ path, prefix: '' })),
      join: areSplit ? 'merge' : join,
    },
  ];
}

/** Files whose names differ only in the number of the environment are one run. */
function environments(name: string, paths: readonly string[]): readonly UnnamedRun[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const common = path.replace(/\d*(?=\.?monitor\.csv$)/, '');
    groups.set(common, [...(groups.get(common) ?? []), path]);
  }
  return [...groups].map(([common, members]) => {
    const [only] = members;
    const own = members.length === 1 && only !== undefined ? only : common.replace(/\.?monitor\.csv$/, '');
    const last = own.slice(own.lastIndexOf('/') + 1);
    return {
      name: groups.size === 1 || last === '' ? name : `${name}/${last}`,
      parts: members.map((path) => ({ path, prefix: '' })),
      join: 'by-time',
    };
  });
}

/** Keras writes one event file for training and one for validation, with the same tags. */
function prefixOf(path: string): string {
  const inner = /tfevents/.test(path) ? split.exec(folderOf(path))?.[1] : undefined;
  return inner === undefined ? '' : `${inner}/`;
}
