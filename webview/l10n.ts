import { filledIn, readStrings } from './translation.ts';

/** The strings of the user's language, which the extension's host puts on the page; without them all stay English. */
const strings = readStrings(typeof document === 'undefined' ? undefined : document.body.dataset.strings);

/** As `vscode.l10n`, which a page has not: `npm run strings` finds what is said here too. */
export const l10n = {
  /** @param message with `{0}`, `{1}` … for the arguments */
  t: (message: string, ...values: readonly (string | number)[]): string =>
    filledIn(strings.get(message) ?? message, values),
};
