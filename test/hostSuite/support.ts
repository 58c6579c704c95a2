import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeLens, commands, extensions, Uri, window, workspace } from 'vscode';
import type { Api } from '../../src/extension/api.ts';

const pollMs = 50;
const limitMs = 15_000;

/** The installed extension's answer to its activation. */
export async function api(): Promise<Api> {
  const extension = extensions.getExtension<Api>('ceiling-lens.ceiling-lens');
  assert.ok(extension, 'The extension is not installed.');
  return extension.activate();
}

/** Asks until the answer is neither null nor false. @param what finishes the sentence "Waited in vain for …". */
export async function until<T>(what: string, ask: () => T | Promise<T>): Promise<Exclude<T, false | null | undefined>> {
  for (const end = Date.now() + limitMs; ; await new Promise((resolve) => setTimeout(resolve, pollMs))) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
  }
}

function isThere<T>(answer: T): answer is Exclude<T, false | null | undefined> {
  return answer !== null && answer !== undefined && answer !== false;
}

/** A file of the opened workspace, which is a copy of samples/. */
export function sample(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'No workspace is open.');
  return Uri.joinPath(folder.uri, path);
}

/** A new file in a folder of its own, so that no test meets another's. */
export function writeLog(name: string, content: string | Uint8Array): Uri {
  const folder = sample(`made-${randomUUID()}`).fsPath;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return Uri.file(path);
}

/** Rows of a run that relaxes from 1 to 0.2, `epoch,loss`, exact to 6 digits. */
export function relaxingRows(from: number, count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const epoch = from + i;
    const wiggle = 0.002 * Math.sin(7.3 * epoch);
    return `${epoch},${(0.2 + 0.8 * Math.exp(-epoch / 5) + wiggle).toFixed(6)}\n`;
  }).join('');
}

export const relaxingLog = (count: number) => `epoch,loss\n${relaxingRows(0, count)}`;

/** Lenses of the log, resolved, once there are some. */
export async function lensesOf(uri: Uri): Promise<readonly CodeLens[]> {
  await window.showTextDocument(await workspace.openTextDocument(uri));
  return until(`lenses on ${uri.path}`, async () => {
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    return lenses.length > 0 && lenses;
  });
}

/** Opens the log's panel as the lens does and waits for its forecast. */
export async function predicted(lens: Api, uri: Uri) {
  await commands.executeCommand('ceilingLens.predict', uri);
  return until(`a forecast of ${uri.path}`, () => {
    const record = lens.record(uri);
    return record?.status === 'forecast' && record;
  });
}

export const closeEditors = () => commands.executeCommand('workbench.action.closeAllEditors');
