import { formatPercent } from '../../src/core/report/formatPercent.ts';
import { element } from '../element.ts';
import { fileName } from '../fileName.ts';
import type { Host } from '../host.ts';
import { l10n } from '../l10n.ts';
import { chartSkeleton } from './chartSkeleton.ts';

export interface Progress {
  readonly log: string;
  readonly note: string;
  readonly fraction: number | null;
}

/** What is being done, as a sentence: `Reading 1.2 GB … 40 %`. */
export function progressSentence({ note, fraction }: Progress): string {
  const done = fraction === null ? '' : ` ${formatPercent(Math.min(1, Math.max(0, fraction)))}`;
  // A long name of a log takes nothing from what is said behind it.
  const said = note.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)} \u2026${done}`;
}

/** The outline of what will be there, with what is being done and a way to stop it. */
export class LoadingScreen {
  readonly element: HTMLElement;
  readonly #log = element('strong');
  readonly #sentence = element('h1');
  readonly #bar = element('progress', { max: 1, 'aria-label': l10n.t('Progress') });

  constructor(host: Host) {
    const cancel = element('button', { type: 'button' }, l10n.t('Cancel'));
    cancel.addEventListener('click', () => host.postMessage({ type: 'cancel' }));
    this.element = element(
      'div',
      { class: 'screen' },
      element('p', { class: 'head' }, this.#log),
      this.#sentence,
      element('div', { class: 'progress' }, this.#bar, cancel),
      chartSkeleton(),
    );
  }

  show(progress: Progress): void {
    this.#log.textContent = progress.log === '' ? '' : fileName(progress.log);
    this.#sentence.textContent = progressSentence(progress);
    if (progress.fraction === null) this.#bar.removeAttribute('value');
    else this.#bar.value = Math.min(1, Math.max(0, progress.fraction));
  }
}
