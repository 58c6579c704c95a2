import { Uri } from 'vscode';
import type { InspectReport } from '../core/report/inspectReport.ts';
import type { RunStore } from './runStore.ts';

/** Files that are opened to see whether they are logs; by its name the right one is among the first. */
export const mostOpened = 12;

export interface FirstLog<T> {
  readonly candidate: T;
  readonly uri: Uri;
  /** Keeps it open; the caller's to dispose. */
  readonly hold: { dispose(): void };
}

/** The first of the files that is a log with a curve to forecast; null where none of the first dozen is. */
export async function firstLog<T extends { readonly path: string }>(
  candidates: AsyncIterable<T>,
  store: RunStore,
): Promise<FirstLog<T> | null> {
  let opened = 0;
  for await (const candidate of candidates) {
    if (opened === mostOpened) return null;
    opened += 1;
    const uri = Uri.file(candidate.path);
    const hold = store.hold(uri, 'recognition');
    const { inspect } = await store.recognise(uri);
    if (inspect !== null && hasCurve(inspect)) return { candidate, uri, hold };
    hold.dispose();
  }
  return null;
}

/** A table of anything else has numbers too, but none that are known to be better higher or lower. */
function hasCurve({ runs }: InspectReport): boolean {
  return runs.some(({ series }) =>
    series.some(({ role, direction, n }) => n > 1 && (role !== 'none' || direction !== 'none')),
  );
}
