import type { PanelTab } from '../../src/protocol/panel.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';

export interface Tab {
  readonly id: PanelTab;
  readonly title: string;
  readonly content: HTMLElement;
  /** Stays within reach of screen readers while another tab is open. */
  readonly isAlwaysRead?: boolean;
  /** Something in it can have the focus; else it has it itself, so that keys scroll it. */
  readonly hasControls?: boolean;
}

/** Tabs as the ARIA practices describe them: one stop for Tab, arrows choose, the panel follows at once. */
export class Tabs {
  readonly element = element('section', { class: 'tabs', 'aria-label': l10n.t('Details') });
  readonly #tabs: readonly { readonly tab: Tab; readonly button: HTMLButtonElement; readonly panel: HTMLElement }[];
  readonly #onChoose: (id: PanelTab) => void;
  #open: PanelTab | null = null;

  constructor(tabs: readonly Tab[], onChoose: (id: PanelTab) => void) {
    this.#onChoose = onChoose;
    const list = element('div', { role: 'tablist', 'aria-label': l10n.t('Details') });
    this.#tabs = tabs.map((tab) => {
      const button = element(
        'button',
        { type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}` },
        tab.title,
      );
      const panel = element(
        'div',
        { role: 'tabpanel', id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}` },
        tab.content,
      );
      button.addEventListener('click', () => this.choose(tab.id));
      list.append(button);
      return { tab, button, panel };
    });
    list.addEventListener('keydown', (event) => this.#keyPressed(event));
    this.element.append(list, ...this.#tabs.map(({ panel }) => panel));
  }

  get openTab(): PanelTab | null {
    return this.#open;
  }

  open(id: PanelTab): void {
    this.#open = id;
    for (const { tab, button, panel } of this.#tabs) {
      const isOpen = tab.id === id;
      button.setAttribute('aria-selected', String(isOpen));
      button.tabIndex = isOpen ? 0 : -1;
      if (isOpen && tab.hasControls !== true) panel.tabIndex = 0;
      else panel.removeAttribute('tabindex');
      panel.hidden = !isOpen && tab.isAlwaysRead !== true;
      panel.classList.toggle('spoken', !isOpen && tab.isAlwaysRead === true);
    }
  }

  /** Opens it as a click on it does. */
  choose(id: PanelTab): void {
    this.open(id);
    this.#onChoose(id);
  }

  rename(id: PanelTab, title: string): void {
    const button = this.#tabs.find(({ tab }) => tab.id === id)?.button;
    if (button !== undefined && button.textContent !== title) button.textContent = title;
  }

  #keyPressed(event: KeyboardEvent): void {
    const at = this.#tabs.findIndex(({ tab }) => tab.id === this.#open);
    const { length } = this.#tabs;
    const places: Readonly<Record<string, number>> = {
      ArrowLeft: (at + length - 1) % length,
      ArrowRight: (at + 1) % length,
      Home: 0,
      End: length - 1,
    };
    const to = this.#tabs[places[event.key] ?? -1];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(to.tab.id);
    to.button.focus();
  }
}
