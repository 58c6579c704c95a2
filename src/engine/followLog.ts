import { type Control, unwatched } from '../core/control.ts';
import { Refusal } from '../core/problem.ts';
import type { Prediction, PredictRequest } from '../core/report/prediction.ts';
import { restAfter } from '../core/restAfter.ts';
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

export interface Followed {
  readonly engine: EngineApi;
  readonly path: string;
  readonly request: PredictRequest;
  /** Resolves to a text that is another when the log may have changed. */
  readonly stateOf: () => Promise<string>;
  /** Resolves when it is time for another look at the log, to whether there is to be one. */
  readonly pause: () => Promise<boolean>;
}

/**
 * Forecasts a log, and again whenever what it says has changed, until `pause` answers that it is enough. The log need not
 * be there yet. After a forecast it rests for as long as `restAfter` says.
 * @throws Refusal of what no growth of the log mends.
 */
export async function* followLog(
  { engine, path, request, stateOf, pause }: Followed,
  control: Control = unwatched,
): AsyncGenerator<FollowEvent> {
  let seen: string | null = null;
  let said = '';
  let startedOver = false;
  let revision: number | null = null;
  let restsUntil = 0;
  do {
    if (performance.now() < restsUntil) continue;
    const state = await stateOf();
    if (state === seen) continue;
    seen = state;
    const start = performance.now();
    try {
      const opened = await engine.open(path, request.choices, control);
      startedOver ||= opened.startedOver;
      if (opened.revision === revision && said === '') continue;
      const prediction = await engine.predict(path, request, control);
      const end = performance.now();
      // The first reading says nothing of what the next one costs.
      if (revision !== null) restsUntil = end + restAfter(end - start);
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
