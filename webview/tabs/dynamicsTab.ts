import type { Dynamics } from '../../src/core/dynamics/dynamics.ts';
import type { Interval } from '../../src/core/forecast/forecaster.ts';
import { formatInterval } from '../../src/core/report/formatInterval.ts';
import { formatNumber } from '../../src/core/report/formatNumber.ts';
import { formatPercent } from '../../src/core/report/formatPercent.ts';
import { keepsOneCourse } from '../../src/core/report/keepsOneCourse.ts';
import { limitWord } from '../../src/core/report/limitWord.ts';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { xWords } from '../../src/core/report/xWords.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';
import { formatR2 } from './limitsTable.ts';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly interval: string;
  readonly words: string;
}

const none = '\u2013';

/** The solver–verifier model under one shared rate: what the curves identify of it, each with a plain sentence. */
export class DynamicsTab {
  readonly element = element('div');

  show(report: PredictReport): void {
    const { dynamics, externalData } = report;
    const external = externalData === undefined ? [] : [element('p', { class: 'note' }, externalData.sentence)];
    if (dynamics === null || !keepsOneCourse(report.series)) {
      this.element.replaceChildren(element('p', { class: 'note' }, whyNot(report)), ...external);
      return;
    }
    const verdict = dynamics.sharedRate.holds
      ? l10n.t('One rate for solver and verifier holds here, so these figures describe the run.')
      : Number.isFinite(dynamics.sharedRate.pValue)
        ? l10n.t(
            'One rate for solver and verifier does not hold here: read these figures as those of the nearest run with one rate. Limits above come from each series itself.',
          )
        : l10n.t('There are too few checkpoints to test whether one rate holds.');
    const level = formatPercent(dynamics.rate.level);
    const head = ['', 'value', level, 'meaning'].map((title, i) =>
      element('th', { scope: 'col', class: i === 1 ? 'number' : i === 2 ? 'number wide' : undefined }, title),
    );
    const rows = rowsOf(dynamics, report).map(({ name, value, interval, words }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, name),
        element('td', { class: 'number' }, value),
        element('td', { class: 'number wide' }, interval),
        element('td', { class: 'quiet words' }, words),
      ),
    );
    this.element.replaceChildren(
      element('p', { class: 'note' }, verdict),
      element(
        'div',
        { class: 'scroll' },
        element(
          'table',
          { class: 'dynamics', 'aria-label': l10n.t('Dynamics') },
          element('thead', {}, element('tr', {}, ...head)),
          element('tbody', {}, ...rows),
        ),
      ),
      ...dynamics.hypotheses.map(({ sentence }) => element('p', { class: 'note' }, sentence)),
      ...external,
    );
  }
}

function whyNot({ series }: PredictReport): string {
  const has = (role: string): boolean => series.some((one) => one.role === role);
  const count = ['solver', 'verifier', 'gap'].filter(has).length;
  if (count < 2) return l10n.t('The dynamics need two of solver, verifier and gap. Choose them under Data.');
  return !keepsOneCourse(series)
    ? l10n.t(
        'The dynamics are those of curves that relax together. Here not all of them follow one from first to last, so there is nothing to print.',
      )
    : l10n.t('These checkpoints do not bound a shared rate yet, so there is nothing to print.');
}

function rowsOf(dynamics: Dynamics, { x, series }: PredictReport): Row[] {
  const { rate, sharedRate, potential, r2 } = dynamics;
  const unit = xWords(x.name)?.one ?? `unit of ${x.name}`;
  const word = limitWord(series.find(({ role }) => role === 'solver')?.direction ?? 'none');
  const p = sharedRate.pValue;
  const shares = [
    { name: 'solver', value: r2.solver },
    { name: 'verifier', value: r2.verifier },
    { name: 'gap', value: r2.gap },
  ].flatMap(({ name, value }) => (value === null ? [] : [`${name} ${formatR2(value)}`]));
  return [
    withInterval(
      'rate',
      rate,
      `Every ${unit} closes about ${formatPercent(1 - Math.exp(-rate.value))} of what is left; half of it takes ${formatNumber(Math.LN2 / rate.value)} ${xWords(x.name)?.many ?? ''}.`.replace(
        ' .',
        '.',
      ),
    ),
    withInterval(`solver ${word}`, dynamics.solverLimitInterval, l10n.t('Where the solver ends under one rate.')),
    withInterval(`verifier ${word}`, dynamics.verifierLimitInterval, l10n.t('Where the verifier ends under one rate.')),
    withInterval(
      'gap limit',
      dynamics.gapLimitInterval,
      l10n.t('Gap at which nothing is left to drive the run (b/k).'),
    ),
    plain(
      '\u03b2/\u03b1',
      formatNumber(dynamics.betaOverAlpha),
      l10n.t('The verifier moves {0} times as far as the solver.', formatNumber(dynamics.betaOverAlpha)),
    ),
    plain('k\u03b1', formatNumber(dynamics.kAlpha), l10n.t('Pull of the gap on the solver, each {0}.', unit)),
    plain('k\u03b2', formatNumber(dynamics.kBeta), l10n.t('Pull of the gap on the verifier, each {0}.', unit)),
    plain(
      'shared rate',
      !Number.isFinite(p) ? none : p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`,
      sharedRate.holds ? 'F test of one rate against two: one is enough.' : 'F test of one rate against two.',
    ),
    plain(
      'potential R\u00b2',
      Number.isFinite(potential.r2) ? formatR2(potential.r2) : none,
      l10n.t('How straight speed over gap is; its line ends at b/k = {0}.', formatNumber(potential.bOverK)),
    ),
    plain('R\u00b2 in sample', '', shares.length === 0 ? l10n.t('Not known.') : `${shares.join(', ')}.`),
  ];
}

function withInterval(name: string, { value, lower, upper }: Interval, words: string): Row {
  const width = upper - lower;
  return { name, value: formatNumber(value, width), interval: formatInterval(lower, upper, width), words };
}

function plain(name: string, value: string, words: string): Row {
  return { name, value, interval: '', words };
}
