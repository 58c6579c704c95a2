import { element } from './element.ts';

/**
 * Writes a sentence whose ranges and equations stay in one line; their dashes and spaces would let them break. The same
 * sentence is left alone: it may be selected, or being read.
 */
export function writeSentence(sentence: string, target: HTMLElement): void {
  if (target.textContent === sentence) return;
  const parts = sentence
    .split(/(\S*\d\u2013\S*|\(?\b\w [=<>\u2265\u2264] [\d.]+\)?)/)
    .map((part, i) => (i % 2 === 1 && part.length < longest ? element('span', { class: 'whole' }, part) : part));
  target.replaceChildren(...parts);
}

/** Longer than this a name that looks like a range must break. */
const longest = 40;
