import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/support/paths.mjs';
import { importsOf, judge } from '../../scripts/support/rooms.mjs';

/** What the lint of the arrows says about one file of the given text. */
async function complaintsAbout(file: string, text: string): Promise<string[]> {
  const imports = await importsOf(root, new Map([[file, text]]));
  return imports.map(judge).filter((complaint) => complaint !== null);
}

const wrong: readonly (readonly [title: string, file: string, text: string, complaint: RegExp])[] = [
  [
    'the core imports no other room',
    'src/core/fit/x.ts',
    "import { openLog } from '../../engine/openLog.ts';\nopenLog();",
    /src\/core imports no other room/,
  ],
  [
    'the core does not even take types from another room',
    'src/core/fit/x.ts',
    "import type { EngineApi } from '../../engine/engineApi.ts';\nexport type X = EngineApi;",
    /src\/core imports no other room/,
  ],
  [
    'the core runs without Node',
    'src/core/runs/x.ts',
    "import { readFileSync } from 'node:fs';\nreadFileSync('');",
    /runs without Node/,
  ],
  [
    'the core uses no package outside its list',
    'src/core/runs/x.ts',
    "import { create } from 'mathjs';\ncreate();",
    /may use only yaml, jsonc-parser/,
  ],
  [
    'the core never sees VS Code',
    'src/core/hints/x.ts',
    "import * as vscode from 'vscode';\nvscode.l10n.t('');",
    /may use only/,
  ],
  ['the worker never sees VS Code', 'src/worker/x.ts', "export { l10n } from 'vscode';", /src\/worker may use only/],
  [
    'the page runs without Node',
    'webview/x.ts',
    "const path = await import('node:path');\npath.sep;",
    /webview runs without Node/,
  ],
  [
    'the extension never loads mathjs',
    'src/extension/x.ts',
    "const { create } = await import('mathjs/number');\ncreate();",
    /src\/extension may use only vscode/,
  ],
  [
    'the extension does not reach into the engine',
    'src/extension/x.ts',
    "import { Engine } from '../engine/engine.ts';\nnew Engine();",
    /imports only src\/core, src\/protocol/,
  ],
  ...['src/server', 'src/extension'].flatMap((room) =>
    ['fit', 'forecast', 'dynamics'].map(
      (part) =>
        [
          `${room} computes nothing from core/${part} itself`,
          `${room}/x.ts`,
          `import { y } from '../core/${part}/y.ts';\ny();`,
          /takes only types from it/,
        ] as const,
    ),
  ),
  ['the page fits nothing itself', 'webview/x.ts', "export * from '../src/core/fit/y.ts';", /takes only types from it/],
  [
    'an import that mixes a type with a value counts as a value',
    'src/server/x.ts',
    "import { type Interval, forecast } from '../core/forecast/forecaster.ts';\nforecast() as Interval;",
    /takes only types from it/,
  ],
  ['nobody imports the extension', 'src/server/x.ts', "import { y } from '../extension/y.ts';\ny();", /imports only/],
  [
    'nor do tests',
    'test/core/x.test.ts',
    "import { y } from '../../src/extension/y.ts';\ny();",
    /nobody imports src\/extension/,
  ],
];

for (const [title, file, text, complaint] of wrong) {
  test(`${title}: the lint complains about ${file}`, async () => {
    const complaints = await complaintsAbout(file, text);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0] ?? '', complaint);
    assert.ok(complaints[0]?.startsWith(`${file} imports `));
  });
}

const right: readonly (readonly [title: string, file: string, text: string])[] = [
  ['a room imports itself', 'src/core/fit/x.ts', "import { y } from '../runs/y.ts';\ny();"],
  ['the core reads YAML', 'src/core/hints/x.ts', "import { parseDocument } from 'yaml';\nparseDocument('');"],
  ['the worker runs the engine', 'src/worker/x.ts', "import { y } from '../engine/y.ts';\ny();"],
  ['the page draws with chart.js', 'webview/x.ts', "import { Chart } from 'chart.js';\nChart.register();"],
  ['the page borrows words from the report', 'webview/x.ts', "import { y } from '../src/core/report/y.ts';\ny();"],
  [
    'the server may name the types of a forecast',
    'src/server/x.ts',
    "import type { Interval } from '../core/forecast/forecaster.ts';\nexport type X = Interval;",
  ],
  [
    'the client comes by its entry for Node',
    'src/extension/x.ts',
    "import { LanguageClient } from 'vscode-languageclient/node';\nnew LanguageClient();",
  ],
  [
    'a suite in the extension host may name the types of the extension',
    'test/hostSuite/x.test.ts',
    "import type { Api } from '../../src/extension/api.ts';\nexport type X = Api;",
  ],
];

for (const [title, file, text] of right) {
  test(`${title}: the lint has nothing to say about ${file}`, async () => {
    assert.deepEqual(await complaintsAbout(file, text), []);
  });
}

test('the lint as a command fails on a wrong import, names it, and passes once it is gone', () => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'ceiling-lens-arrows-')));
  try {
    const core = join(project, 'src/core');
    mkdirSync(core, { recursive: true });
    const lint = () =>
      spawnSync(process.execPath, [join(root, 'scripts/lintRooms.mjs'), project], { encoding: 'utf8' });

    writeFileSync(join(core, 'x.ts'), "import { readFileSync } from 'node:fs';\nreadFileSync('');\n");
    const complaint = lint();
    assert.equal(complaint.status, 1);
    assert.equal(complaint.stdout, 'src/core/x.ts imports node:fs: src/core runs without Node.\n');

    writeFileSync(join(core, 'x.ts'), 'export const x = 1;\n');
    assert.equal(lint().status, 0);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
