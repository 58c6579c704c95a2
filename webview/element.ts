export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

type Child = Node | string;

/**
 * An element with attributes and children. Strings become text, never markup: names in logs are anybody's. `true` sets an
 * attribute without a value, `false` and undefined leave it out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}
