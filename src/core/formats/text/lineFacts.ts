import { copiedTable } from './copiedTable.ts';
import { headingPhase } from './phase.ts';

/** A line of the run's end, where it does not repeat. */
const summary = /(?<!\p{L})(?:best|final|finished|summary|overall|completed?)(?![\p{L}_@])/iu;

/** What the words of a line tell whatever its numbers are; found out when it is asked for. */
export class LineFacts {
  readonly #text: string;
  #isHead: boolean | null = null;
  #heading: string | null | undefined;
  #isSummary: boolean | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** It names the columns of a table that is to be copied. */
  get isHead(): boolean {
    this.#isHead ??= copiedTable(this.#text, null) !== null;
    return this.#isHead;
  }

  /** The part of the run that it opens. */
  get heading(): string | null {
    if (this.#heading === undefined) this.#heading = headingPhase(this.#text);
    return this.#heading;
  }

  get isSummary(): boolean {
    this.#isSummary ??= summary.test(this.#text);
    return this.#isSummary;
  }
}
