import { element } from './element.ts';

/** A sentence whose ranges stay in one line; their dashes would let them break. */
export function unbroken(sentence: string): (Node | string)[] {
  return sentence
    .split(/(\S*\d\u2013\S*)/)
    .map((part, i) => (i % 2 === 1 && part.length < 40 ? element('span', { class: 'whole' }, part) : part));
}
