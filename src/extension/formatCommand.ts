import { commands, l10n, type QuickPickItem, QuickPickItemKind, Uri, window } from 'vscode';
import { fileNameOf } from '../core/report/fileNameOf.ts';
import { formatPercent } from '../core/report/formatPercent.ts';
import type { FormatJudgement } from '../core/report/prediction.ts';
import type { ChosenFormats } from './chosenFormats.ts';
import { Disposable } from './disposable.ts';
import { logInFront } from './logInFront.ts';
import type { RunStore } from './runStore.ts';

interface FormatItem extends QuickPickItem {
  /** null: as it is recognised; undefined: a heading. */
  readonly format?: string | null;
}

/** `Choose the Format of the Log`, from lens, panel and palette. */
export class FormatCommand extends Disposable {
  readonly #formats: ChosenFormats;
  readonly #store: RunStore;

  constructor(formats: ChosenFormats, store: RunStore) {
    super();
    this.#formats = formats;
    this.#store = store;
    this.register(
      commands.registerCommand('ceilingLens.chooseFormat', async (log: unknown, format: unknown) => {
        const uri = log instanceof Uri ? log : logInFront();
        if (uri === null) {
          void window.showInformationMessage(l10n.t('There is no log in front. Open a training log first.'));
        } else if (typeof format === 'string' || format === null) await this.#formats.choose(uri, format);
        else await this.#ask(uri);
      }),
    );
  }

  async #ask(uri: Uri): Promise<void> {
    const judged = await this.#store.judge(uri);
    if (typeof judged === 'string') {
      void window.showWarningMessage(judged);
      return;
    }
    const chosen = this.#formats.get(uri);
    const answer = await window.showQuickPick<FormatItem>(itemsOf(judged, chosen), {
      title: l10n.t('Read {0} as', fileNameOf(uri.path)),
      placeHolder: l10n.t('The choice is remembered for this log'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (answer?.format !== undefined) await this.#formats.choose(uri, answer.format);
  }
}

function itemsOf(judged: readonly FormatJudgement[], chosen: string | undefined): FormatItem[] {
  const [surest] = judged;
  const found = surest === undefined || surest.confidence === null ? l10n.t('not recognised') : surest.id;
  const asItLooks: FormatItem = {
    label: l10n.t('As it looks'),
    description: chosen === undefined ? l10n.t('{0}, now', found) : found,
    detail: chosen === undefined ? '' : l10n.t('Takes back the choice of {0}', chosen),
    format: null,
  };
  const items = judged.map(({ id, title, confidence, because }): FormatItem & { readonly isLikely: boolean } => ({
    label: title,
    description: id === chosen ? l10n.t('{0}, chosen', id) : id,
    ...(confidence === null ? {} : { detail: l10n.t('{0} sure: {1}', formatPercent(confidence), because) }),
    format: id,
    isLikely: confidence !== null,
  }));
  const heading = (label: string): FormatItem => ({ label, kind: QuickPickItemKind.Separator });
  return [
    asItLooks,
    heading(l10n.t('it could be')),
    ...items.filter(({ isLikely }) => isLikely),
    heading(l10n.t('it does not look like')),
    ...items.filter(({ isLikely }) => !isLikely),
  ];
}
