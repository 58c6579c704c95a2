import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { Position, Uri, window, workspace } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { api, closeEditors, relaxingLog, until, writeLog } from './support.ts';

/** Before the suites that open configs: a server that was started stays. */
describe('the server of the hints', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  const texts: Readonly<Record<string, string>> = {
    'package.json': '{ "name": "a", "scripts": { "test": "vitest" } }\n',
    'workflow.yaml': 'on: push\njobs: {}\n',
    'make.sh': 'cd "$1" && make\n',
  };

  it('is not started for files that set no budget, and is once one does', async () => {
    const folder = Uri.joinPath(writeLog('metrics.csv', relaxingLog(8)), '..');
    for (const [name, text] of Object.entries(texts)) {
      const file = Uri.joinPath(folder, name);
      writeFileSync(file.fsPath, text);
      await window.showTextDocument(await workspace.openTextDocument(file));
    }
    assert.equal(await lens.serverPid(), undefined);
    const editor = window.activeTextEditor;
    assert.ok(editor !== undefined);
    await editor.edit((edit) => edit.insert(new Position(1, 0), 'python t.py --output_dir . --num_train_epochs 3\n'));
    await editor.document.save();
    await until('the server', () => lens.serverPid());
  });
});
