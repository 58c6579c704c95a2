import { EventEmitter, type Memento, type Uri } from 'vscode';
import { readSavedFormats, type SavedFormats } from '../protocol/savedFormats.ts';
import { Disposable } from './disposable.ts';

const memoryKey = 'ceilingLens.chosenFormats';
/** Logs come and go: of so many the last chosen are remembered. */
const mostRemembered = 500;

/** Formats that the user chose for logs, over what is recognised; remembered for the workspace. */
export class ChosenFormats extends Disposable {
  readonly #memory: Memento;
  readonly #formats: Map<string, string>;
  readonly #changed = this.register(new EventEmitter<Uri>());
  /** Fires with the log. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento) {
    super();
    this.#memory = memory;
    this.#formats = new Map(readSavedFormats(memory.get<unknown>(memoryKey))?.formats ?? []);
  }

  get(uri: Uri): string | undefined {
    return this.#formats.get(String(uri));
  }

  /** @param format null: what is recognised holds again. */
  async choose(uri: Uri, format: string | null): Promise<void> {
    const log = String(uri);
    if ((this.#formats.get(log) ?? null) === format) return;
    this.#formats.delete(log);
    if (format !== null) this.#formats.set(log, format);
    this.#changed.fire(uri);
    const saved: SavedFormats = { version: 1, formats: [...this.#formats].slice(-mostRemembered) };
    await this.#memory.update(memoryKey, saved);
  }
}
