import type { InspectedRun, InspectReport } from '../src/core/report/inspectReport.ts';
import { readableName } from '../src/core/report/readableName.ts';
import { xWords } from '../src/core/report/xWords.ts';
import type { RunChoices } from '../src/core/runs/run.ts';
import { Choice, type Option } from './choice.ts';
import { element } from './element.ts';
import type { ViewStore } from './viewStore.ts';

/** The run that the choices name; without one the newest, which stands last. */
export function inspectedRun({ runs }: InspectReport, name: string | undefined): InspectedRun | null {
  return runs.find((run) => run.name === name) ?? runs.at(-1) ?? null;
}

/** Columns that may serve as x: the axes there are, and columns that are named like one. */
export function xOptions(run: InspectedRun): Option[] {
  const names = new Set([run.x.name, ...run.series.map(({ x }) => x)]);
  for (const { name } of run.series) if (xWords(name) !== null) names.add(name);
  return Array.from(names, (name) => ({ value: name, text: readableName(name) }));
}

type Chosen = 'solver' | 'verifier' | 'gap';
const found = '';

/** Which run, which x, and which series plays which role: found by name unless chosen here. */
export class RoleChoices {
  readonly element = element('div', { class: 'choices' });
  readonly #run: Choice;
  readonly #x: Choice;
  readonly #roles: ReadonlyMap<Chosen, Choice>;
  #choices: RunChoices = {};

  constructor(views: ViewStore) {
    this.#run = new Choice('run', (run) => {
      // Roles and axis of one run need not be there in another.
      const { where, derive, formula } = this.#choices;
      views.choose({ run, ...(where && { where }), ...(derive && { derive }), ...(formula && { formula }) });
    });
    this.#x = new Choice('x', (x) => views.choose({ ...this.#choices, x }));
    const roleChoice = (role: Chosen): Choice =>
      new Choice(role, (name) => {
        const { [role]: _, ...others } = this.#choices;
        views.choose(name === found ? others : { ...others, [role]: name });
      });
    this.#roles = new Map((['solver', 'verifier', 'gap'] as const).map((role) => [role, roleChoice(role)]));
    this.element.append(
      this.#run.element,
      this.#x.element,
      ...Array.from(this.#roles.values(), (choice) => choice.element),
    );
  }

  focusRun(): void {
    this.#run.focus();
  }

  show(inspect: InspectReport, choices: RunChoices, runName: string | undefined): void {
    this.#choices = choices;
    const run = inspectedRun(inspect, runName);
    this.#run.show(
      inspect.runs.map(({ name }) => ({ value: name, text: readableName(name) })),
      run?.name ?? '',
    );
    this.#run.element.hidden = inspect.runs.length < 2;
    this.#x.show(run === null ? [] : xOptions(run), choices.x ?? run?.x.name ?? '');
    for (const [role, choice] of this.#roles) {
      const byName = run?.series.find((series) => series.role === role && choices[role] === undefined);
      choice.show(
        [
          { value: found, text: byName === undefined ? 'none found' : `${readableName(byName.name)} (found)` },
          ...(run?.series ?? []).map(({ name }) => ({ value: name, text: readableName(name) })),
        ],
        choices[role] ?? found,
      );
    }
  }
}
