import { commands, type LogOutputChannel, l10n, window } from 'vscode';
import { Disposable } from './disposable.ts';
import type { RunStore } from './runStore.ts';
import { type RefusedSetting, refusedSettings } from './settings.ts';

/** Says, when a run is forecast, which settings cannot be used and what is used in their place: once for each value. */
export class SettingWarnings extends Disposable {
  readonly #output: LogOutputChannel;
  readonly #said = new Set<string>();

  constructor(store: RunStore, output: LogOutputChannel) {
    super();
    this.#output = output;
    this.register(
      store.onDidChange(({ uri, status, progress }) => {
        // Of all that is told of a forecast its begin.
        if (status !== 'forecasting' || progress !== null) return;
        for (const refused of refusedSettings(uri)) this.#say(refused);
      }),
    );
  }

  #say(refused: RefusedSetting): void {
    const { name, least, most, otherwise } = refused;
    const value = JSON.stringify(refused.value);
    const key = `${name} ${value}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const message = l10n.t(
      'The setting {0} is {1}, which is no number from {2} to {3}; {4} is used instead.',
      name,
      value,
      least,
      most,
      otherwise,
    );
    this.#output.warn(message);
    void this.#show(message, name);
  }

  async #show(message: string, name: string): Promise<void> {
    const open = l10n.t('Open the Setting');
    const answer = await window.showWarningMessage(message, open);
    if (answer === open) await commands.executeCommand('workbench.action.openSettings', name);
  }
}
