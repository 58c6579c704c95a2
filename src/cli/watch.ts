import type { Prediction } from '../core/report/prediction.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import { followLog } from '../engine/followLog.ts';
import { GrowingSource } from '../engine/growingSource.ts';
import { placeState } from '../engine/placeState.ts';
import type { ByteSource } from '../engine/ports.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { hasLimit } from './hasLimit.ts';
import { onlyArgument } from './logArgument.ts';
import { predictRequest, requestOptions } from './predictRequest.ts';
import { createWatchView } from './watchView.ts';

const lookAgainMs = 500;

export function createWatch(openEngine: (input: ByteSource | null) => Promise<EngineApi>): Command {
  return {
    name: 'watch',
    synopsis: 'LOG [options]',
    summary:
      'Says where a training run will end, and again as its log grows, until Ctrl-C.\nLOG is a file or a run folder, waited for where it is not there yet; or - for standard input.',
    options: {
      ...requestOptions,
      'once-identified': { value: null, help: 'End with exit code 0 once the limit is identified.' },
      json: { value: null, help: 'Print one JSON object a change, each on a line.' },
    },
    async run(options) {
      const log = onlyArgument(options, 'watch', 'a log');
      const request = predictRequest(options);
      const input = log === '-' ? new GrowingSource('standard input', process.stdin) : null;
      const engine = await openEngine(input);
      const view = createWatchView(log, options.has('json'));
      const interval = new Interval();
      let hasSeenAll = false;
      const stateOf =
        input === null
          ? placeState(log)
          : async () => {
              hasSeenAll = input.hasEnded;
              return String(input.size);
            };
      const pause = async () => !hasSeenAll && (await interval.next());
      let last: Prediction | null = null;
      const isIdentified = (): boolean => last !== null && hasLimit(last.report, request.choices.series ?? []);
      try {
        for await (const event of followLog({ engine, path: log, request, stateOf, pause })) {
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
      if (hasSeenAll && last === null) return { exitCode: exitCode.unreadable, output: '' };
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
