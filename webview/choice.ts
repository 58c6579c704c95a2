import { element } from './element.ts';

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** A labelled list to choose from. It stays the same element, so that new data never takes the focus from it. */
export class Choice {
  readonly element: HTMLElement;
  readonly #select = element('select');
  #options = '';

  constructor(label: string, onChoose: (value: string) => void, attributes: { readonly class?: string } = {}) {
    this.element = element(
      'label',
      { class: `choice ${attributes.class ?? ''}`.trim() },
      element('span', {}, label),
      this.#select,
    );
    this.#select.addEventListener('change', () => onChoose(this.#select.value));
  }

  show(options: readonly Option[], value: string): void {
    const wanted = JSON.stringify(options);
    if (wanted !== this.#options) {
      this.#options = wanted;
      this.#select.replaceChildren(...options.map((one) => element('option', { value: one.value }, one.text)));
    }
    this.#select.value = value;
  }
}
