import { Uri, workspace } from 'vscode';
import { findLogs } from '../core/hints/findLogs.ts';
import { logCandidates } from '../core/hints/logCandidates.ts';
import type { ForecastParams } from '../protocol/server.ts';
import { type FirstLog, firstLog } from './firstLog.ts';
import type { RunStore } from './runStore.ts';
import { workspaceFolders } from './workspaceFolders.ts';

interface Candidate {
  readonly path: string;
  /** How it was found, as the end of a sentence. */
  readonly found: string;
}

/** The surest log of a config; null where none of the places to look in has one. */
export function findConfigLog(params: ForecastParams, store: RunStore): Promise<FirstLog<Candidate> | null> {
  return firstLog(candidatesOf(params), store);
}

async function* candidatesOf({ config, outputPaths }: ForecastParams): AsyncGenerator<Candidate> {
  const folder = slashed(Uri.joinPath(Uri.parse(config, true), '..'));
  const onDisk = (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file');
  for (const place of logCandidates(folder, outputPaths, onDisk.map(slashed))) {
    for (const path of await findLogs(place, workspaceFolders)) yield { path, found: place.found };
  }
}

function slashed({ fsPath }: Uri): string {
  return fsPath.replaceAll('\\', '/');
}
