import { mainSeries } from '../../src/core/report/mainSeries.ts';
import type { PanelState, PanelTab } from '../../src/protocol/panel.ts';
import { ChartView } from '../chart/chartView.ts';
import { element } from '../element.ts';
import type { Host } from '../host.ts';
import { l10n } from '../l10n.ts';
import { ProgressLine } from '../progressLine.ts';
import { AlternativesTab } from '../tabs/alternativesTab.ts';
import { DataTab, noteCount } from '../tabs/dataTab.ts';
import { DynamicsTab } from '../tabs/dynamicsTab.ts';
import { LimitsTable } from '../tabs/limitsTable.ts';
import { TableTab } from '../tabs/tableTab.ts';
import { Tabs } from '../tabs/tabs.ts';
import type { ThemeWatch } from '../theme.ts';
import type { ViewStore } from '../viewStore.ts';
import { writeSentence } from '../writeSentence.ts';
import { HeadLine } from './headLine.ts';
import { type Progress, progressSentence } from './loadingScreen.ts';
import { PartitionLine } from './partitionLine.ts';

type Ready = Extract<PanelState, { readonly kind: 'ready' }>;

/** The answer, top to bottom: which run, the sentence, why, how far, the chart, then everything else in tabs. */
export class ReadyScreen {
  readonly element: HTMLElement;
  readonly #views: ViewStore;
  readonly #head: HeadLine;
  readonly #busy = element('p', { class: 'busy', role: 'status', hidden: true });
  readonly #busyWords = element('span');
  readonly #notice = element('p', { class: 'notice', role: 'status', hidden: true });
  readonly #partitions = new PartitionLine(() => {
    this.#tabs.choose('data');
    this.#data.focusRun();
  });
  readonly #sentence = element('h1', { 'aria-live': 'polite' });
  readonly #why = element('p', { class: 'why' });
  readonly #way = new ProgressLine();
  readonly #chart: ChartView;
  readonly #limits = new LimitsTable();
  readonly #alternatives = new AlternativesTab();
  readonly #dynamics = new DynamicsTab();
  readonly #data: DataTab;
  readonly #table = new TableTab();
  readonly #tabs: Tabs;

  constructor(host: Host, views: ViewStore, themes: ThemeWatch) {
    this.#views = views;
    this.#head = new HeadLine(views);
    this.#chart = new ChartView(views, themes);
    this.#data = new DataTab(host, views);
    const cancel = element('button', { type: 'button', class: 'link' }, l10n.t('Cancel'));
    cancel.addEventListener('click', () => host.postMessage({ type: 'cancel' }));
    this.#busy.append(this.#busyWords, ' ', cancel);
    this.#tabs = new Tabs(
      [
        { id: 'limits', title: l10n.t('Limits'), content: this.#limits.element },
        { id: 'alternatives', title: l10n.t('Alternatives'), content: this.#alternatives.element },
        { id: 'dynamics', title: l10n.t('Dynamics'), content: this.#dynamics.element },
        { id: 'data', title: l10n.t('Data'), content: this.#data.element, hasControls: true },
        { id: 'table', title: l10n.t('Table'), content: this.#table.element, isAlwaysRead: true },
      ],
      (tab) => views.changeView({ tab }),
    );
    this.element = element(
      'div',
      { class: 'screen' },
      this.#head.element,
      this.#busy,
      this.#notice,
      this.#partitions.element,
      this.#sentence,
      this.#why,
      this.#way.element,
      this.#chart.element,
      this.#tabs.element,
    );
  }

  show(state: Ready): void {
    const { prediction, inspect, choices } = state;
    const { report } = prediction;
    this.#busy.hidden = true;
    this.#notice.hidden = state.notice === null;
    this.#notice.textContent = state.notice ?? '';
    this.#head.show(state);
    this.#partitions.show(inspect, report);
    writeSentence(report.sentence, this.#sentence);
    writeSentence(report.why, this.#why);
    this.#way.show(report);
    this.#limits.show(report);
    this.#alternatives.show(report);
    this.#dynamics.show(report);
    this.#data.show(inspect, report, choices);
    this.#table.show(prediction);
    const notes = noteCount(inspect.problems, report);
    this.#tabs.rename(
      'data',
      notes === 0 ? l10n.t('Data') : notes === 1 ? l10n.t('Data (1 note)') : l10n.t('Data ({0} notes)', notes),
    );
    this.#tabs.open(this.#views.view.tab ?? tabFor(state));
    this.#chart.show(prediction);
  }

  /** Says that it is being forecast anew, beside what it was before. */
  showProgress(progress: Progress): void {
    this.#busyWords.textContent = progressSentence(progress);
    this.#busy.hidden = false;
  }

  dispose(): void {
    this.#chart.dispose();
  }
}

/** Where nothing is decided, what it is between is what there is to see; where nothing was found, what there is to choose. */
function tabFor({ prediction }: Ready): PanelTab {
  const main = mainSeries(prediction.report.series);
  if (main === null) return 'data';
  return main.verdict === 'too-early' ? 'alternatives' : 'limits';
}
