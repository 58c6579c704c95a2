import type { LogOutputChannel } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { type ForecastAnswer, forecastParamsCheck, forecastRequest, forecastsChanged } from '../protocol/server.ts';
import { checked } from '../protocol/worker.ts';
import { configs, isTooLong } from './configDocuments.ts';
import { ConfigForecasts } from './configForecasts.ts';
import { Disposable } from './disposable.ts';
import type { LogFollower } from './logFollower.ts';
import type { RunStore } from './runStore.ts';

export { liveDisposables } from './disposable.ts';

/** Changes of several logs at once are one change of the hints. */
const coalesceMs = 100;
const mostCrashes = 4;
const crashWindowMs = 60_000;

export interface ConfigClientOptions {
  /** The bundled server. */
  readonly serverFile: string;
  readonly store: RunStore;
  readonly follower: LogFollower;
  readonly output: LogOutputChannel;
}

/** Failures stand in the log and in the hints themselves: none is worth a pop-up. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The language server for configs: hints on the lines that spend compute. Loaded when the first config is opened. */
export class ConfigClient extends Disposable {
  readonly #client: LanguageClient;
  readonly #output: LogOutputChannel;
  #restarting: Promise<void> | null = null;
  #isQueued = false;
  #soon: NodeJS.Timeout | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor({ serverFile, store, follower, output }: ConfigClientOptions) {
    super();
    this.#output = output;
    const forecasts = this.register(
      new ConfigForecasts({
        store,
        follower,
        onChange: () => this.#tellSoon(),
        logBug: (error) => output.error(error instanceof Error ? error : String(error)),
      }),
    );
    const server = { module: serverFile, transport: TransportKind.ipc };
    this.#client = new QuietClient(
      'ceilingLens.configs',
      'Ceiling Lens',
      { run: server, debug: server },
      {
        documentSelector: configs,
        outputChannel: output,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        errorHandler: crashHandler(output),
        // Without it the client asks in a pop-up whether to try again.
        initializationFailedHandler: () => false,
        markdown: { isTrusted: { enabledCommands: ['ceilingLens.openPrediction'] } },
        middleware: {
          didOpen: (document, next) => (isTooLong(document) ? Promise.resolve() : next(document)),
        },
      },
    );
    this.register(
      this.#client.onRequest<ForecastAnswer, void>(forecastRequest, (params: unknown) =>
        forecasts.answer(checked(forecastParamsCheck, params, 'A request for a forecast')),
      ),
    );
    this.register({
      dispose: () => {
        if (this.#soon !== null) clearTimeout(this.#soon);
        this.#ended = this.#end();
      },
    });
  }

  /** Process id, undefined while there is none. */
  get serverPid(): number | undefined {
    return this.#client.serverProcess?.pid;
  }

  /** After `dispose`: resolves once the server is gone and has nothing more to log. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  /** At most one restart runs and one waits: more would end where these end. */
  restart(): Promise<void> {
    if (this.#restarting !== null) {
      this.#isQueued = true;
      return this.#restarting;
    }
    this.#restarting = this.#restartOnce().finally(() => {
      this.#restarting = null;
    });
    return this.#restarting;
  }

  async #restartOnce(): Promise<void> {
    do {
      this.#isQueued = false;
      this.#output.info('The hint server is restarted.');
      await this.#client.restart();
    } while (this.#isQueued && !this.isDisposed);
  }

  async #end(): Promise<void> {
    const { serverProcess } = this.#client;
    const isGone = new Promise<void>((resolve) => {
      if (serverProcess === undefined || serverProcess.exitCode !== null) resolve();
      else serverProcess.once('exit', () => resolve());
    });
    // A server that does not answer to its leave is ended without it.
    await this.#client.dispose().catch((error: unknown) => this.#output.debug(String(error)));
    await isGone;
  }

  #tellSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      // A server that is just being started asks by itself.
      if (this.#client.isRunning()) void this.#client.sendNotification(forecastsChanged);
    }, coalesceMs);
  }
}

/** Starts the server again when it dies, without a pop-up, unless it does nothing but die. */
function crashHandler(output: LogOutputChannel): ErrorHandler {
  const crashes: number[] = [];
  return {
    error: (error) => {
      output.error(error);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const now = Date.now();
      crashes.push(now);
      if (crashes.filter((time) => now - time < crashWindowMs).length <= mostCrashes) {
        return {
          action: CloseAction.Restart,
          handled: true,
          message: 'The hint server stopped and is started again.',
        };
      }
      return {
        action: CloseAction.DoNotRestart,
        handled: true,
        message: `The hint server stopped ${mostCrashes + 1} times within a minute and stays down; run "Ceiling Lens: Restart Hint Server" to start it.`,
      };
    },
  };
}
