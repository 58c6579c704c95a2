import { commands, type TextDocument, workspace } from 'vscode';
import type { ConfigClient, ConfigClientOptions } from './configClient.ts';
import { mayCarryHints } from './configDocuments.ts';
import { Disposable } from './disposable.ts';

/** Starts the language server once a text is open that may carry hints: who edits other files, or reads logs, pays nothing for it. */
export class ConfigHints extends Disposable {
  readonly #options: ConfigClientOptions;
  readonly #waiting = [workspace.onDidOpenTextDocument, workspace.onDidSaveTextDocument].map((happens) =>
    this.register(happens((document) => this.#seen(document))),
  );
  #client: Promise<ConfigClient | null> | null = null;
  #liveDisposables = () => 0;

  constructor(options: ConfigClientOptions) {
    super();
    this.#options = options;
    this.register(commands.registerCommand('ceilingLens.restartServer', () => this.#restart()));
    for (const document of workspace.textDocuments) this.#seen(document);
  }

  /** Of the part that is loaded late, which counts its own. */
  get liveDisposables(): number {
    return this.#liveDisposables();
  }

  /** Process id of the language server; undefined while there is none. */
  async serverPid(): Promise<number | undefined> {
    return (await this.#client)?.serverPid;
  }

  /** After `dispose`: resolves once the language server is gone and has nothing more to log. */
  async ended(): Promise<void> {
    await (await this.#client)?.ended;
  }

  #seen(document: TextDocument): void {
    if (this.#client !== null || !mayCarryHints(document)) return;
    for (const one of this.#waiting) this.release(one);
    this.#client ??= this.#start();
  }

  async #start(): Promise<ConfigClient | null> {
    const { output } = this.#options;
    try {
      const { ConfigClient, liveDisposables } = await import('./configClient.ts');
      this.#liveDisposables = liveDisposables;
      const client = this.register(new ConfigClient(this.#options));
      if (!this.isDisposed) await client.start();
      return client;
    } catch (error) {
      output.error('The hints on configs could not be started.', error);
      return null;
    }
  }

  async #restart(): Promise<void> {
    if (this.#client === null) this.#client = this.#start();
    else await (await this.#client)?.restart();
  }
}
