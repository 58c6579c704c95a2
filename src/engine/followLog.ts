import { stat } from 'node:fs/promises';
import { type Control, unwatched } from '../core/control.ts';
import { FolderState } from '../core/folderState.ts';
import { Refusal } from '../core/problem.ts';
import type { Prediction, PredictRequest } from '../core/report/prediction.ts';
import { diskFolders } from './diskFolders.ts';
import type { EngineApi } from './engineApi.ts';

export type FollowEvent =
  /** There is no forecast yet, or not any more; the sentence says why. */
  | { readonly kind: 'waiting'; readonly message: string }
  | {
      readonly kind: 'forecast';
      readonly prediction: Prediction;
      /** The log was cut or replaced since the last event. */
      readonly startedOver: boolean;
    };

/** Refusals that no growth of the log mends. */
const lasting: ReadonlySet<string> = new Set([
  'derive-malformed',
  'folder-too-large',
  'format-of-folder',
  'formula-malformed',
  'grows-too-much',
  'injection-shares',
  'no-such-format',
  'packed',
  'too-large',
  'where-malformed',
]);

/**
 * Forecasts a log, and again whenever what it says has changed, until `pause` answers that it is enough. The log need not
 * be there yet.
 * @param pause resolves when it is time for another look at the log, to whether there is to be one.
 * @throws Refusal of what no growth of the log mends.
 */
export async function* followLog(
  engine: EngineApi,
  path: string,
  request: PredictRequest,
  pause: () => Promise<boolean>,
  control: Control = unwatched,
): AsyncGenerator<FollowEvent> {
  const folder = new FolderState(path.replaceAll('\\', '/'), diskFolders);
  let seen: string | null = null;
  let said = '';
  let startedOver = false;
  let revision: number | null = null;
  do {
    const state = await stateOf(path, folder);
    if (state === seen) continue;
    seen = state;
    try {
      const opened = await engine.open(path, request.choices, control);
      startedOver ||= opened.startedOver;
      if (opened.revision === revision && said === '') continue;
      const prediction = await engine.predict(path, request, control);
      said = '';
      revision = prediction.revision;
      yield { kind: 'forecast', prediction, startedOver };
      startedOver = false;
    } catch (error) {
      if (!(error instanceof Refusal) || lasting.has(error.code)) throw error;
      if (error.message === said) continue;
      said = error.message;
      yield { kind: 'waiting', message: error.message };
    }
  } while (await pause());
}

/** Changes when the log does. */
async function stateOf(path: string, folder: FolderState): Promise<string> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? await folder.look() : `${found.size} ${found.mtimeMs} ${found.ino}`;
  } catch (error) {
    // The engine says why it cannot be had.
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}
