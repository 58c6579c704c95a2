import { element } from '../element.ts';
import type { Reading } from './reading.ts';
import { roleMark } from './seriesStyle.ts';

const distancePx = 12;

/** The values under the pointer, beside it. */
export class Readout {
  readonly element = element('div', { class: 'readout', 'aria-hidden': 'true', hidden: true });

  /** @param atPx where the reading is, from the left of a stage of this width */
  show({ title, note, lines }: Reading, atPx: number, stagePx: number): void {
    this.element.replaceChildren(
      element('div', { class: 'quiet' }, title),
      ...(note === '' ? [] : [element('div', { class: 'quiet' }, note)]),
      ...lines.map(({ role, name, text }) =>
        element('div', { class: 'line' }, roleMark(role), element('span', {}, name), element('b', {}, text)),
      ),
    );
    this.element.hidden = false;
    const width = this.element.offsetWidth;
    const isRight = atPx + distancePx + width < stagePx;
    const left = isRight ? atPx + distancePx : atPx - distancePx - width;
    this.element.style.left = `${Math.max(0, Math.min(left, stagePx - width))}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
