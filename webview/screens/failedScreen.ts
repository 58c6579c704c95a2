import { element } from '../element.ts';
import { fileName } from '../fileName.ts';
import type { Host } from '../host.ts';
import { l10n } from '../l10n.ts';

export interface Failure {
  readonly log: string;
  /** Says what, where, and what to do. */
  readonly message: string;
}

/** What went wrong, with a way to try again and a way to see more. */
export class FailedScreen {
  readonly element: HTMLElement;
  readonly #log = element('strong');
  readonly #message = element('p', { class: 'why' });

  constructor(host: Host) {
    const retry = element('button', { type: 'button', class: 'primary' }, l10n.t('Retry'));
    retry.addEventListener('click', () => host.postMessage({ type: 'retry' }));
    const showLog = element('button', { type: 'button' }, l10n.t('Show Log'));
    showLog.addEventListener('click', () => host.postMessage({ type: 'showLog' }));
    this.element = element(
      'div',
      { class: 'screen', role: 'alert' },
      element('p', { class: 'head' }, this.#log),
      element('h1', {}, l10n.t('There is no forecast of this log.')),
      this.#message,
      element('div', { class: 'actions' }, retry, showLog),
    );
  }

  show({ log, message }: Failure): void {
    this.#log.textContent = fileName(log);
    this.#message.textContent = message;
  }
}
