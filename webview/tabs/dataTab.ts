import type { Problem } from '../../src/core/problem.ts';
import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import type { RunChoices } from '../../src/core/runs/run.ts';
import { element } from '../element.ts';
import { FormatLine } from '../formatLine.ts';
import type { Host } from '../host.ts';
import { RoleChoices } from '../roleChoices.ts';
import type { ViewStore } from '../viewStore.ts';
import { problemLines } from './problemLines.ts';
import { SeriesList } from './seriesList.ts';

/** What was taken for what, to be changed; and what was noticed on the way. */
export class DataTab {
  readonly element = element('div');
  readonly #choices: RoleChoices;
  readonly #list: SeriesList;
  readonly #format: FormatLine;
  readonly #notes = element('div');

  constructor(host: Host, views: ViewStore) {
    this.#choices = new RoleChoices(views);
    this.#list = new SeriesList(views);
    this.#format = new FormatLine(host);
    this.element.append(this.#choices.element, this.#notes, this.#format.element, this.#list.element);
  }

  /** Takes the keyboard to the choice of the run. */
  focusRun(): void {
    this.#choices.focusRun();
  }

  show(inspect: InspectReport, report: PredictReport, choices: RunChoices): void {
    this.#choices.show(inspect, choices, report.run);
    this.#list.show(inspect, choices, report.run);
    this.#format.show(inspect);
    this.#notes.replaceChildren(...problemLines(inspect.problems, report.warnings));
  }
}

export function noteCount(problems: readonly Problem[], { warnings }: PredictReport): number {
  return problemLines(problems, warnings).length;
}
