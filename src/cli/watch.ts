import type { Prediction } from '../core/report/prediction.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import { followLog } from '../engine/followLog.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { hasLimit } from './hasLimit.ts';
import { onlyArgument } from './logArgument.ts';
import { predictRequest, requestOptions } from './predictRequest.ts';
import { UsageError } from './usageError.ts';
import { createWatchView } from './watchView.ts';

const lookAgainMs = 500;

export function createWatch(openEngine: () => Promise<EngineApi>): Command {
  return {
    name: 'watch',
    synopsis: 'LOG [options]',
    summary:
      'Says where a training run will end, and again as its log grows, until Ctrl-C.\nLOG is a file or a run folder; one that is not there yet is waited for.',
    options: {
      ...requestOptions,
      'once-identified': { value: null, help: 'End with exit code 0 once the limit is identified.' },
      json: { value: null, help: 'Print one JSON object a change, each on a line.' },
    },
    async run(options) {
      const log = onlyArgument(options, 'watch', 'a log');
      if (log === '-') throw new UsageError('watch reads a file or a folder; for standard input use predict -.');
      const request = predictRequest(options);
      const engine = await openEngine();
      const view = createWatchView(log, options.has('json'));
      const interval = new Interval();
      let last: Prediction | null = null;
      const isIdentified = (): boolean => last !== null && hasLimit(last.report, request.choices.series ?? []);
      try {
        for await (const event of followLog(engine, log, request, () => interval.next())) {
          if (event.kind === 'waiting') await view.wait(event.message);
          else {
            last = event.prediction;
            await view.show(event.prediction, event.startedOver);
          }
          if (options.has('once-identified') && event.kind === 'forecast' && isIdentified()) break;
        }
      } finally {
        interval.end();
        await view.end();
        await engine.close(log);
      }
      return { exitCode: isIdentified() ? exitCode.done : exitCode.noLimit, output: '' };
    },
  };
}

/** The time between two looks at a log, until the user has seen enough (Ctrl-C), or whoever reads the output has gone. */
class Interval {
  readonly #signals = ['SIGINT', 'SIGTERM'] as const;
  readonly #stop = (): void => {
    this.#isOver = true;
    this.#wake();
  };
  #isOver = false;
  #wake: () => void = () => {};

  constructor() {
    for (const signal of this.#signals) process.on(signal, this.#stop);
    process.stdout.on('error', this.#stop);
  }

  /** Resolves to whether there is to be another look. */
  async next(): Promise<boolean> {
    if (this.#isOver) return false;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookAgainMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return !this.#isOver;
  }

  end(): void {
    for (const signal of this.#signals) process.off(signal, this.#stop);
    process.stdout.off('error', this.#stop);
  }
}
