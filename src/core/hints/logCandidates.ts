/** A file or folder in which a config's log may lie. */
export interface LogPlace {
  /** Absolute, with `/` between the parts (`C:/runs` on Windows). */
  readonly path: string;
  /** How many folders below it are worth a look; 0: only its own files. */
  readonly depth: number;
  /** How a log there was found, as the end of a sentence: "named by the config". */
  readonly found: string;
}

const mostLevelsAbove = 4;
const depthBelowOutput = 4;
const depthBeside = 2;
const depthOfLogFolder = 3;
const longestTail = 3;

/** Folders that frameworks make for logs alone, in the folder that a run is started from. */
const logFolders = ['lightning_logs', 'runs', 'logs', 'wandb', 'tensorboard_log', 'tb_logs', 'nemo_experiments'];

/**
 * Where to look for the log of a config, surest first: the paths that it names (as they stand, against its folder, the
 * launch folders and the folders above it), then their last parts alone (a run folder that was copied or renamed), then
 * the config's own folder, then the folders above it: there only log folders, and as far as the launch folder that holds
 * the config the files themselves. Beside that, other runs have their folders.
 * @param configFolder absolute, with `/`
 * @param outputPaths as written in the config, surest first
 * @param launchFolders absolute, with `/`: where runs are started, such as the workspace folders
 */
export function logCandidates(
  configFolder: string,
  outputPaths: readonly string[],
  launchFolders: readonly string[],
): readonly LogPlace[] {
  // Hydra keeps a run's config in a folder of its own in the run's folder.
  const home = tidyPath(configFolder).replace(/(.)\/\.hydra$/, '$1');
  const launch = launchFolders.map(tidyPath);
  const above = foldersAbove(home);
  const bases = [home, ...launch, ...above];
  const written = outputPaths.flatMap(readablePaths);
  const named = written.flatMap((path) => (isAbsolute(path) ? [path] : bases.map((base) => `${base}/${path}`)));
  const tails = written.flatMap(tailsOf).flatMap((tail) => bases.map((base) => `${base}/${tail}`));
  const places: LogPlace[] = [
    ...placesAt(named.map(tidyPath), home, 'named by the config'),
    ...placesAt(tails.map(tidyPath), home, 'in a folder of the name that the config gives'),
    { path: home, depth: depthBeside, found: 'beside the config' },
    // What writes to the config's own folder and left no log there has none: others' are no answer.
    ...([...named, ...tails].map(tidyPath).includes(home) ? [] : placesAbove(home, above, launch)),
  ];
  const seen = new Set<string>();
  return places.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** A config that writes to its own folder or above it names no folder of its own: the log lies beside it. */
function placesAt(paths: readonly string[], home: string, found: string): LogPlace[] {
  return paths
    .filter((path) => path !== home && !`${home}/`.startsWith(`${path}/`))
    .map((path) => ({ path, depth: depthBelowOutput, found }));
}

function placesAbove(home: string, above: readonly string[], launch: readonly string[]): LogPlace[] {
  const found = 'in a folder above the config';
  const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
  const holder = launch.find((folder) => isIn(home, folder));
  const open = holder === undefined ? above : above.filter((path) => isIn(path, holder));
  return open.flatMap((path) => [
    ...(holder === undefined ? [] : [{ path, depth: 0, found }]),
    ...logFolders.map((name) => ({ path: `${path}/${name}`, depth: depthOfLogFolder, found })),
  ]);
}

/** A few levels, nearest first; never the root of a disk. */
function foldersAbove(home: string): string[] {
  const parts = home.split('/');
  const count = Math.min(mostLevelsAbove, parts.length - 2);
  return Array.from({ length: Math.max(0, count) }, (_, i) => parts.slice(0, -1 - i).join('/'));
}

/** A path as written may be a remote address, start in a home folder or hold an interpolation that only the framework knows. */
function readablePaths(written: string): string[] {
  const path = written.trim().replaceAll('\\', '/');
  if (path === '' || path.length > 1000 || /^[a-z][a-z0-9+.-]+:\/\//i.test(path) || /[\0\n]/.test(path)) return [];
  const parts = path.split('/');
  const unknown = parts.findLastIndex((part) => /[${}<>*]|^~/.test(part));
  const known = parts.slice(unknown + 1).join('/');
  return known === '' ? [] : [known];
}

/** `a/b/c/d` → `b/c/d`, `c/d`, `d`. */
function tailsOf(path: string): string[] {
  const parts = tidyPath(path)
    .split('/')
    .filter((part) => !['', '.', '..'].includes(part));
  const lengths = Array.from({ length: Math.min(longestTail, parts.length) }, (_, i) => i + 1).reverse();
  return lengths.map((length) => parts.slice(-length).join('/'));
}

function isAbsolute(path: string): boolean {
  return /^(\/|[a-z]:\/)/i.test(path);
}

/** Without `.`, `..`, doubled and trailing slashes. */
function tidyPath(path: string): string {
  const unified = path.replaceAll('\\', '/');
  const parts: string[] = [];
  // The drive.
  const fixed = /^[a-z]:\//i.test(unified) ? 1 : 0;
  for (const part of unified.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > fixed && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute(unified)) parts.push(part);
  }
  return `${unified.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
