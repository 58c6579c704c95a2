import type { Control } from '../../src/core/control.ts';
import { Refusal } from '../../src/core/problem.ts';
import type { FormatJudgement, Opened, Predicted } from '../../src/core/report/prediction.ts';
import type { EngineApi } from '../../src/engine/engineApi.ts';

/**
 * An engine without mathematics: a forecast is a tight loop that reports progress once and ends only when it is stopped,
 * so that tests can act in the middle of one. A path with `deaf` in it does not look at its control; one with `vanished`
 * is refused.
 */
export class LoopingEngine implements EngineApi {
  async open(path: string): Promise<Opened> {
    if (path.includes('vanished')) throw new Refusal('log-vanished', `${path} is no longer there.`);
    const report = {
      schema: 1,
      log: path,
      format: 'csv',
      confidence: 1,
      because: 'The test says so.',
      isFormatChosen: false,
      bytes: 0,
      runs: [],
      problems: [],
    } as const;
    return { report, revision: 1, bytesRead: 0, startedOver: false };
  }

  async predict(path: string, _request: unknown, control: Control): Promise<Predicted> {
    control.progress(0.5, 'Looping');
    for (;;) if (!path.includes('deaf')) control.check();
  }

  async judge(): Promise<readonly FormatJudgement[]> {
    return [];
  }

  async close(): Promise<void> {}
}
