import { commands, type ExtensionContext, type LogOutputChannel, Uri, window } from 'vscode';
import { WorkerConnection } from '../protocol/workerConnection.ts';
import type { Api } from './api.ts';
import { BinaryLogEditor } from './binaryLogEditor.ts';
import { ChosenFormats } from './chosenFormats.ts';
import { ConfigHints } from './configHints.ts';
import { Disposable, liveDisposables } from './disposable.ts';
import { ForecastPanels } from './forecastPanel.ts';
import { FormatCommand } from './formatCommand.ts';
import { LogFollower } from './logFollower.ts';
import { LogLens } from './logLens.ts';
import { PredictCommand } from './predictCommand.ts';
import { RunStore } from './runStore.ts';
import { SettingWarnings } from './settingWarnings.ts';
import { startWorker } from './startWorker.ts';
import { WatchedLog } from './watchedLog.ts';
import { WorkStatus } from './workStatus.ts';

/** A worker that is ended forgets how far its logs were read, so it outlives the pause between two checkpoints. */
const workerIdleMs = 10 * 60_000;
/** The worker looks for a cancel between models; one that does not is ended with it. */
const workerCancelMs = 3000;

let extension: Extension | null = null;

export function activate(context: ExtensionContext): Api {
  extension = new Extension(context);
  return extension.api;
}

/** VS Code waits for it a while, so that the language server can take its leave. */
export async function deactivate(): Promise<void> {
  const ended = extension?.end();
  extension = null;
  await ended;
}

class Extension extends Disposable {
  readonly api: Api;
  readonly #hints: ConfigHints;
  readonly #output: LogOutputChannel;

  constructor({ extensionUri: uri, globalStorageUri, workspaceState, logUri }: ExtensionContext) {
    super();
    const output = window.createOutputChannel('Ceiling Lens', { log: true });
    this.#output = output;
    const logBug = (error: unknown) => output.error(error instanceof Error ? error : String(error));
    const file = (name: string) => Uri.joinPath(uri, 'dist', name).fsPath;
    const worker = this.register(
      new WorkerConnection({
        start: () =>
          startWorker(file('worker.js'), (text) => output.warn(text), Uri.joinPath(globalStorageUri, 'samples').fsPath),
        after: (delayMs, action) => {
          const timer = setTimeout(action, delayMs);
          return () => clearTimeout(timer);
        },
        log: (message) => output.info(message),
        idleMs: workerIdleMs,
        cancelMs: workerCancelMs,
      }),
    );
    const formats = this.register(new ChosenFormats(workspaceState));
    const store = this.register(new RunStore(worker, formats, logBug));
    const follower = this.register(new LogFollower(store));
    const services = { extension: uri, store, follower, output };
    const panels = this.register(new ForecastPanels(services));
    this.register(new BinaryLogEditor(services));
    this.register(new LogLens(store));
    this.register(new PredictCommand(panels, store));
    this.register(new FormatCommand(formats, store));
    this.register(new WorkStatus(store));
    this.register(new SettingWarnings(store, output));
    this.register(commands.registerCommand('ceilingLens.showLog', () => output.show()));
    const hints = this.register(new ConfigHints({ serverFile: file('server.js'), store, follower, output }));
    this.#hints = hints;
    this.api = {
      record: (log) => store.get(log),
      predict: (log) => store.predict(log),
      cancel: (log) => store.cancel(log),
      follow: (log) => {
        const watched = new WatchedLog(log, { store, follower });
        watched.see(true);
        return watched;
      },
      logUri,
      get panels() {
        return panels.shown;
      },
      get workerId() {
        return worker.id;
      },
      killWorker: () => worker.kill(),
      serverPid: () => hints.serverPid(),
      liveDisposables: () => liveDisposables() + hints.liveDisposables,
      end: () => this.end(),
    };
  }

  /** The log ends after all that may write to it. */
  async end(): Promise<void> {
    this.dispose();
    await this.#hints.ended();
    this.#output.dispose();
  }
}
