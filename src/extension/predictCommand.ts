import { commands, FileType, l10n, Uri, window, workspace } from 'vscode';
import { stepOfName } from '../core/formats/rollouts/dumpNames.ts';
import { findLogs } from '../core/hints/findLogs.ts';
import { fileNameOf } from '../core/report/fileNameOf.ts';
import { Disposable } from './disposable.ts';
import { firstLog, mostOpened } from './firstLog.ts';
import type { ForecastPanels } from './forecastPanel.ts';
import { logInFront } from './logInFront.ts';
import type { RunStore } from './runStore.ts';
import { workspaceFolders } from './workspaceFolders.ts';

const depthBelowRun = 4;

/** `Predict Ceiling`, from lens, palette, editor title and explorer. */
export class PredictCommand extends Disposable {
  readonly #panels: ForecastPanels;
  readonly #store: RunStore;

  constructor(panels: ForecastPanels, store: RunStore) {
    super();
    this.#panels = panels;
    this.#store = store;
    this.register(
      commands.registerCommand('ceilingLens.predict', async (chosen: unknown) => {
        const uri = chosen instanceof Uri ? chosen : logInFront();
        if (uri === null) await sayWhatToOpen();
        else await this.#predict(uri);
      }),
    );
    this.register(
      commands.registerCommand('ceilingLens.openPrediction', (chosen: unknown) => {
        // Hints pass what the server knows of a log: its Uri as text.
        const uri = typeof chosen === 'string' ? Uri.parse(chosen, true) : chosen;
        if (uri instanceof Uri) panels.show(uri);
      }),
    );
  }

  async #predict(uri: Uri): Promise<void> {
    if (uri.scheme !== 'file' || !(await isFolder(uri))) {
      this.#panels.show(uri);
      return;
    }
    const log = await firstLog(logsIn(uri), this.#store);
    if (log === null) {
      void window.showInformationMessage(
        l10n.t(
          'No training log was found in {0}. Open the log itself, and its ceiling is predicted.',
          fileNameOf(uri.path),
        ),
      );
      return;
    }
    this.#panels.show(log.uri);
    log.hold.dispose();
  }
}

/** The files that look like logs, without those that hold the samples of one step; then the folder as the log of all. */
async function* logsIn({ fsPath }: Uri): AsyncGenerator<{ readonly path: string }> {
  const place = { path: fsPath.replaceAll('\\', '/'), depth: depthBelowRun };
  const files = await findLogs(place, workspaceFolders);
  const logs = files.filter((path) => stepOfName(fileNameOf(path)) === null);
  for (const path of logs.slice(0, mostOpened - 1)) yield { path };
  yield { path: fsPath };
}

/** What is not there is no folder: the panel says so. */
async function isFolder(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );
}

async function sayWhatToOpen(): Promise<void> {
  const choose = l10n.t('Choose a Log');
  const answer = await window.showInformationMessage(
    l10n.t('There is no log in front. Open a training log, or choose one, and its ceiling is predicted.'),
    choose,
  );
  if (answer !== choose) return;
  const [uri] = (await window.showOpenDialog({ canSelectMany: false, title: choose })) ?? [];
  if (uri !== undefined) await commands.executeCommand('ceilingLens.predict', uri);
}
