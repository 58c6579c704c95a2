import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/support/paths.mjs';

/** What the compiler says about a file that stands under the settings of a room. */
function compileIn(room: string, text: string): { passes: boolean; output: string } {
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/walls-'));
  try {
    const compilerOptions = { composite: false, emitDeclarationOnly: false, noEmit: true, tsBuildInfoFile: null };
    const settings = { extends: `../../${room}/tsconfig.json`, compilerOptions, include: ['.'], references: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    writeFileSync(join(folder, 'file.ts'), text);
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    return { passes: status === 0, output: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const leaks: readonly (readonly [title: string, room: string, text: string, error: RegExp])[] = [
  ['the page in the core', 'src/core', 'export const title = document.title;', /TS2584.*'document'/],
  ['Node in the core', 'src/core', "export const home = process.env['HOME'];", /TS2591.*'process'|TS2580.*'process'/],
  ['the console in the core', 'src/core', "console.log('fitted');", /TS2584.*'console'/],
  [
    'Node in the page',
    'webview',
    "import { readFileSync } from 'node:fs';\nreadFileSync('');",
    /TS2591.*'node:fs'|TS2307.*'node:fs'/,
  ],
  ['the page in the worker', 'src/worker', 'export const title = document.title;', /TS2584.*'document'/],
  ['the page in the extension', 'src/extension', 'export const title = document.title;', /TS2584.*'document'/],
];

for (const [title, room, text, error] of leaks) {
  test(`the compiler keeps ${title} out`, () => {
    const { passes, output } = compileIn(room, text);
    assert.equal(passes, false);
    assert.match(output, error);
  });
}

for (const room of ['src/core', 'webview', 'src/worker', 'src/extension']) {
  test(`the compiler accepts plain TypeScript in ${room}`, () => {
    assert.deepEqual(compileIn(room, 'export const half = (whole: number): number => whole / 2;'), {
      passes: true,
      output: '',
    });
  });
}
