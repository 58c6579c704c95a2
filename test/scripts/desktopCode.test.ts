import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { findDesktopCode } from '../../scripts/support/desktopCode.mjs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ceiling-lens-')));
after(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

const remote = put('vscode-server/bin/remote-cli/code');
const desktop = put('bin/code');
const onPath = (...files: string[]) => files.map(dirname).join(delimiter);

test('the code on PATH is taken', () => {
  assert.equal(findDesktopCode({ platform: 'linux', env: { PATH: onPath(desktop), DISPLAY: ':0' } }), desktop);
});

test('the code of a remote terminal is passed over', () => {
  assert.equal(findDesktopCode({ platform: 'linux', env: { PATH: onPath(remote, desktop), DISPLAY: ':0' } }), desktop);
});

test('without a screen there is no desktop VS Code', () => {
  assert.equal(findDesktopCode({ platform: 'linux', env: { PATH: onPath(desktop) } }), undefined);
});

test('on macOS the app in the home folder is found', () => {
  const app = put('home/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code');
  assert.equal(findDesktopCode({ platform: 'darwin', env: { PATH: '', HOME: join(folder, 'home') } }), app);
});

test('on Windows the installation for one user is found', () => {
  const command = put('local/Programs/Microsoft VS Code/bin/code.cmd');
  assert.equal(findDesktopCode({ platform: 'win32', env: { PATH: '', LOCALAPPDATA: join(folder, 'local') } }), command);
});
