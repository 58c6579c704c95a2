import type { Role } from '../src/core/runs/run.ts';
import { black, type Colour, mixed, parseColour, toCss, white, withContrast } from './colour.ts';

/** What a canvas needs of the theme: it does not hear of CSS. */
export interface Theme {
  readonly ink: Readonly<Record<Role, string>>;
  /** The same, as dark or light as words must be on this ground. */
  readonly wordInk: Readonly<Record<Role, string>>;
  readonly foreground: string;
  readonly quiet: string;
  readonly ground: string;
  /** Hairlines of the picture. */
  readonly grid: string;
  /** Hairlines of tables and controls. */
  readonly border: string;
  /** The ground of what has not happened. */
  readonly future: string;
  readonly focus: string;
  readonly isHighContrast: boolean;
  readonly font: string;
  readonly fontSizePx: number;
}

/** WCAG 2.2: 1.4.11 for marks and lines, 1.4.3 for words, 1.4.6 where high contrast is asked for. */
const contrasts = { usual: { line: 3, word: 4.5 }, high: { line: 4.5, word: 7 } };

/**
 * In order of preference. The orange of most themes is a highlight, which shows text under it: of it only the hue is taken.
 * High contrast has none.
 */
const inkVariables: Readonly<Record<Role, readonly string[]>> = {
  solver: ['--vscode-charts-blue'],
  verifier: ['--vscode-charts-orange', '--vscode-charts-yellow'],
  gap: ['--vscode-charts-green'],
  none: ['--vscode-charts-blue'],
};
const roles: readonly Role[] = ['solver', 'verifier', 'gap', 'none'];

/** Reads the theme's variables, and again whenever the editor puts on another theme. */
export class ThemeWatch {
  readonly #page: HTMLElement;
  readonly #listeners = new Set<(theme: Theme) => void>();
  #theme: Theme | null = null;

  constructor(page: HTMLElement) {
    this.#page = page;
    const observer = new MutationObserver(() => this.#refresh());
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    matchMedia('(forced-colors: active)').addEventListener('change', () => this.#refresh());
    this.#paintPage(this.current);
  }

  get current(): Theme {
    this.#theme ??= readTheme();
    return this.#theme;
  }

  /** Calls back with every later theme, until the answered function is called. */
  onChange(listener: (theme: Theme) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #refresh(): void {
    this.#theme = null;
    this.#paintPage(this.current);
    for (const listener of this.#listeners) listener(this.current);
  }

  /** The inks as CSS variables: marks beside words are the marks of the chart. */
  #paintPage({ ink, grid, border, future, isHighContrast }: Theme): void {
    for (const role of roles) this.#page.style.setProperty(`--ink-${role}`, ink[role]);
    this.#page.style.setProperty('--hairline', border);
    this.#page.style.setProperty('--track', grid);
    this.#page.style.setProperty('--future', future);
    this.#page.classList.toggle('high-contrast', isHighContrast);
  }
}

function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string, otherwise: Colour): Colour => parseColour(style.getPropertyValue(name)) ?? otherwise;
  const isLight =
    document.body.classList.contains('vscode-light') || document.body.classList.contains('vscode-high-contrast-light');
  const isHighContrast =
    document.body.classList.contains('vscode-high-contrast') || matchMedia('(forced-colors: active)').matches;
  const contrast = isHighContrast ? contrasts.high : contrasts.usual;
  const ground = read('--vscode-editor-background', isLight ? white : black);
  const foreground = read('--vscode-foreground', isLight ? black : white);
  const inkOf = (role: Role, least: number): string => {
    const [wanted = foreground] = inkVariables[role].flatMap((name) => parseColour(style.getPropertyValue(name)) ?? []);
    return toCss(withContrast(wanted, ground, least));
  };
  const inks = (least: number): Record<Role, string> => ({
    solver: inkOf('solver', least),
    verifier: inkOf('verifier', least),
    gap: inkOf('gap', least),
    none: inkOf('none', least),
  });
  return {
    ink: inks(contrast.line),
    wordInk: inks(contrast.word),
    foreground: toCss(foreground),
    quiet: toCss(read('--vscode-descriptionForeground', foreground)),
    ground: toCss(ground),
    grid: toCss(mixed(ground, foreground, isHighContrast ? 0.3 : 0.13)),
    border: toCss(isHighContrast ? read('--vscode-contrastBorder', foreground) : mixed(ground, foreground, 0.13)),
    future: isHighContrast ? 'transparent' : toCss(mixed(ground, foreground, 0.035)),
    focus: toCss(read('--vscode-focusBorder', foreground)),
    isHighContrast,
    font: style.fontFamily,
    fontSizePx: Number.parseFloat(style.fontSize) || 13,
  };
}
