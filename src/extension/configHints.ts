import { commands, languages, type TextDocument, workspace } from 'vscode';
import type { ConfigClient, ConfigClientOptions } from './configClient.ts';
import { Disposable } from './disposable.ts';

/** Training configs and launch scripts that carry hints; without an extension of its own TOML is plain text, as scripts of Slurm are. */
const configs = [
  ...['yaml', 'json', 'toml', 'shellscript'].map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', pattern: '**/*.{toml,slurm,sbatch}' },
];

/** Starts the language server once a config is open: whoever only reads logs pays nothing for it. */
export class ConfigHints extends Disposable {
  readonly #options: Omit<ConfigClientOptions, 'configs'>;
  readonly #waiting = this.register(workspace.onDidOpenTextDocument((document) => this.#opened(document)));
  #client: Promise<ConfigClient | null> | null = null;
  #liveDisposables = () => 0;

  constructor(options: Omit<ConfigClientOptions, 'configs'>) {
    super();
    this.#options = options;
    this.register(commands.registerCommand('ceilingLens.restartServer', () => this.#restart()));
    for (const document of workspace.textDocuments) this.#opened(document);
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

  #opened(document: TextDocument): void {
    if (languages.match(configs, document) === 0) return;
    this.release(this.#waiting);
    this.#client ??= this.#start();
  }

  async #start(): Promise<ConfigClient | null> {
    const { output } = this.#options;
    try {
      const { ConfigClient, liveDisposables } = await import('./configClient.ts');
      this.#liveDisposables = liveDisposables;
      const client = this.register(new ConfigClient({ ...this.#options, configs }));
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
