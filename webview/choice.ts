import { element } from './element.ts';

export interface Option {
  readonly value: string;
  readonly text: string;
}

let count = 0;

/** A labelled list to choose from. It stays the same element, so that new data never takes the focus from it. */
export class Choice {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;
  #options = '';

  constructor(label: string, onChoose: (value: string) => void, attributes: { readonly class?: string } = {}) {
    count += 1;
    const id = `choice-${count}`;
    this.#select = element('select', { id });
    this.element = element(
      'div',
      { class: `choice ${attributes.class ?? ''}`.trim() },
      element('label', { for: id }, label),
      this.#select,
    );
    this.#select.addEventListener('change', () => onChoose(this.#select.value));
  }

  focus(): void {
    this.#select.focus();
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
