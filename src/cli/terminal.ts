export interface Terminal {
  readonly width: number;
  readonly isUnicode: boolean;
  readonly isColoured: boolean;
}

interface TerminalStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const defaultWidth = 80;

/** What standard output can show: colours only on a terminal and without NO_COLOR (no-color.org), ASCII where the locale says so. */
export function describeTerminal(
  stream: TerminalStream,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): Terminal {
  const isTerminal = stream.isTTY === true;
  const isDumb = environment.TERM === 'dumb';
  const given = isTerminal ? stream.columns : Number(environment.COLUMNS);
  const width = given !== undefined && Number.isInteger(given) && given > 0 ? given : defaultWidth;
  return {
    width: Math.min(width, 200),
    isUnicode: knowsUnicode(environment, platform),
    isColoured: isTerminal && !isDumb && (environment.NO_COLOR ?? '') === '',
  };
}

function knowsUnicode(environment: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  const { LC_ALL, LC_CTYPE, LANG, TERM, WT_SESSION, TERM_PROGRAM } = environment;
  // The Linux console's font has no Braille.
  if (TERM === 'linux') return false;
  if (platform === 'win32') return [WT_SESSION, TERM_PROGRAM, TERM].some((value) => (value ?? '') !== '');
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => (value ?? '') !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}
