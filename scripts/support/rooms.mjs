// The rooms of the project and the arrows between them: who may import what.
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/**
 * @typedef {object} Room
 * @property {readonly string[]} rooms folders it may import, beside itself
 * @property {readonly string[]} packages packages it may import
 * @property {boolean} node whether it may import node: modules
 * @property {readonly string[]} [typesOnlyFrom] folders inside its rooms that it may take types from, but no values
 */

/** Fits and forecasts run in the worker; these rooms ask for them. */
const mathematics = ['src/core/fit', 'src/core/forecast', 'src/core/dynamics'];

/** @type {Readonly<Record<string, Room>>} */
export const rooms = {
  'src/core': { rooms: [], packages: ['yaml', 'jsonc-parser', 'toml-eslint-parser'], node: false },
  'src/engine': { rooms: ['src/core'], packages: ['mathjs', 'fzstd', 'hyparquet'], node: true },
  'src/protocol': { rooms: ['src/core'], packages: ['valibot'], node: false },
  'src/worker': {
    rooms: ['src/core', 'src/engine', 'src/protocol'],
    packages: ['mathjs', 'fzstd', 'hyparquet'],
    node: true,
  },
  'src/server': {
    rooms: ['src/core', 'src/protocol'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
    node: true,
    typesOnlyFrom: mathematics,
  },
  'src/extension': {
    rooms: ['src/core', 'src/protocol'],
    packages: ['vscode', 'vscode-languageclient'],
    node: true,
    typesOnlyFrom: mathematics,
  },
  'src/cli': { rooms: ['src/core', 'src/engine'], packages: ['mathjs', 'fzstd', 'hyparquet'], node: true },
  webview: { rooms: ['src/core', 'src/protocol'], packages: ['chart.js'], node: false, typesOnlyFrom: mathematics },
};

/**
 * @typedef {object} Import
 * @property {string} file importing file, relative to the project, with /
 * @property {string} target imported file relative to the project, or the name as written for node: modules and packages
 * @property {boolean} isFile whether the target is a file of the project
 * @property {boolean} isType whether the import leaves nothing at run time
 */

const isIn = (/** @type {string} */ file, /** @type {string} */ folder) => file.startsWith(`${folder}/`);
const packageName = (/** @type {string} */ target) => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;

/**
 * @param {Import} found
 * @returns {string | null} what is wrong with it, as a sentence
 */
export function judge({ file, target, isFile, isType }) {
  const name = Object.keys(rooms).find((folder) => isIn(file, folder));
  const room = name === undefined ? undefined : rooms[name];
  if (name === undefined || room === undefined) {
    // Outside the product (tests, benchmarks) everything is seen, but the extension only through its types.
    return isFile && isIn(target, 'src/extension') && !isType
      ? `${file} imports ${target}: nobody imports src/extension.`
      : null;
  }
  if (isFile) {
    if (isIn(target, name)) return null;
    if (!room.rooms.some((folder) => isIn(target, folder))) {
      return `${file} imports ${target}: ${name} imports ${room.rooms.length === 0 ? 'no other room' : `only ${room.rooms.join(', ')}`}.`;
    }
    if (!isType && room.typesOnlyFrom?.some((folder) => isIn(target, folder))) {
      return `${file} imports ${target}: ${name} takes only types from it and asks the worker for the rest.`;
    }
    return null;
  }
  if (target.startsWith('node:')) return room.node ? null : `${file} imports ${target}: ${name} runs without Node.`;
  if (room.packages.includes(packageName(target))) return null;
  return `${file} imports ${target}: ${name} may use ${room.packages.length === 0 ? 'no package' : `only ${room.packages.join(', ')}`}.`;
}

/** Types vanish before a bundler sees them, so they are read from the text. */
const typeImport =
  /\b(?:import|export)\s+type\s[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)\s*\./g;

/**
 * @param {string} root the project's folder
 * @param {ReadonlyMap<string, string>} sources text by file, relative to the project, with /
 * @returns {Promise<Import[]>}
 */
export async function importsOf(root, sources) {
  /** @type {Import[]} */
  const imports = [];
  /** @param {string} file @param {string} name @param {boolean} isType */
  const add = (file, name, isType) => {
    const isFile = name.startsWith('.');
    const target = isFile
      ? relative(root, join(root, file, '..', name))
          .split(sep)
          .join('/')
      : name;
    imports.push({ file, target, isFile, isType });
  };
  await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: join(root, 'out/rooms'),
    format: 'esm',
    logLevel: 'silent',
    // The prefix keeps esbuild from looking for the files itself: it renames the ones it finds.
    entryPoints: [...sources.keys()].map((file) => ({ in: `room:${file}`, out: file })),
    // Nothing of the project's settings is wanted but this one: an import without `type` is an import at run time.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [
      {
        name: 'rooms',
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
            if (kind === 'entry-point') return { path: path.slice('room:'.length), namespace: 'rooms' };
            add(importer, path, false);
            return { path, external: true };
          });
          onLoad({ filter: /.*/, namespace: 'rooms' }, ({ path }) => ({
            contents: sources.get(path) ?? '',
            loader: 'ts',
          }));
        },
      },
    ],
  });
  for (const [file, text] of sources) {
    for (const [, statement, expression] of text.matchAll(typeImport)) add(file, statement ?? expression ?? '', true);
  }
  return imports;
}
