import { formatNumber } from '../src/core/report/formatNumber.ts';
import { formatPercent } from '../src/core/report/formatPercent.ts';
import { mainSeries } from '../src/core/report/mainSeries.ts';
import type { PredictReport } from '../src/core/report/predictReport.ts';
import { xWords } from '../src/core/report/xWords.ts';
import { element } from './element.ts';
import { l10n } from './l10n.ts';

/** How far the run is: on its way to the limit where there is one, and through its plan where there is one. */
export class ProgressLine {
  readonly element = element('div', { class: 'way' });
  readonly #filled = element('div');
  readonly #bar = element(
    'div',
    { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 },
    this.#filled,
  );
  readonly #words = element('p', { class: 'quiet' });

  constructor() {
    this.element.append(this.#bar, this.#words);
  }

  show(report: PredictReport): void {
    const main = mainSeries(report.series);
    const plan = planOf(report);
    const progress = main?.progress ?? null;
    const share = progress ?? plan?.share ?? null;
    const words = [progress === null ? null : `${formatPercent(progress)} of the way`, plan?.words ?? null];
    this.element.hidden = share === null;
    if (share === null) return;
    this.#filled.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
    this.#filled.className = progress === null ? 'plan' : (main?.role ?? 'none');
    this.#bar.setAttribute('aria-valuenow', String(Math.round(100 * share)));
    this.#bar.setAttribute('aria-label', progress === null ? l10n.t('Share of the plan') : l10n.t('Way to the limit'));
    const said = words.filter((word) => word !== null).join(' \u00b7 ');
    this.#bar.setAttribute('aria-valuetext', said);
    this.#words.textContent = said;
  }
}

/** Where plan and axis count the same thing. */
function planOf({ budget, x }: PredictReport): { share: number; words: string } | null {
  const words = xWords(x.name);
  if (budget === null || words === null || x.last === null || !(budget.x > 0)) return null;
  if (xWords(budget.unit)?.one !== words.one) return null;
  const done = formatNumber(x.last, budget.x / 20);
  return { share: x.last / budget.x, words: `${done} of ${formatNumber(budget.x)} planned ${words.many}` };
}
