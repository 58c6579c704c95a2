import { configEntries } from './configEntries.ts';
import { type ConfigEntry, type ConfigLanguage, longestConfig, type TextRange } from './configEntry.ts';
import { ConfigFacts } from './configFacts.ts';
import { type BudgetKey, type BudgetUnit, type Framework, frameworks } from './frameworks.ts';
import { readBudget } from './readBudget.ts';

/** A line of a config that sets the training budget. */
export interface BudgetAnchor {
  /** Dotted path of its key. */
  readonly path: string;
  /** Its last part. */
  readonly key: string;
  readonly keyRange: TextRange;
  /** Of the number alone, without quotes and unit: what another number replaces. */
  readonly valueRange: TextRange;
  readonly value: number;
  /** The value as it is written, without quotes: `3.0`, `1_000`, `2ep`. */
  readonly valueText: string;
  readonly unit: BudgetUnit;
  readonly framework: string;
  /** Path of the key that counts instead of this one; null where this one counts. */
  readonly beatenBy: string | null;
  /** What else may end the run, as a clause; null where this line alone decides, or none at all. */
  readonly unless: string | null;
}

export interface BudgetConfig {
  readonly anchors: readonly BudgetAnchor[];
  /** Folders and files that the run writes to, as far as the config knows them, surest first. */
  readonly outputPaths: readonly string[];
}

const none: BudgetConfig = { anchors: [], outputPaths: [] };

const names = Array.from(new Set(frameworks.flatMap(({ budgets }) => budgets.map(({ name }) => name))));
/** Most YAML and JSON is no training config: told without parsing it. */
const anyName = new RegExp(`(?<![\\w-])(${names.join('|')})(?![\\w-])`);
/** Options of programs are written with dashes too. */
const anyOption = new RegExp(`(?<!\\w)(${names.map((name) => name.replaceAll(/[_-]/g, '[_-]')).join('|')})(?![\\w-])`);
/** trainer_state.json says how long its run was to be, but it is a log. */
const logKey = /"log_history"\s*:/;

/** Finds the lines of a config that spend compute; empty for whatever is no training config. Never throws. */
export function budgetAnchors(text: string, language: ConfigLanguage): BudgetConfig {
  const mayHold = language === 'shell' ? anyOption : anyName;
  if (text.length > longestConfig || !mayHold.test(text) || logKey.test(text)) return none;
  const config = new ConfigFacts(configEntries(text, language));
  const framework = frameworks.find(({ isRecognised }) => isRecognised(config));
  if (framework === undefined) return none;
  const sections = inSections(config, framework);
  const [first = ''] = sections.keys();
  const anchors = [...sections.values()].flatMap((found) => judged(found, framework, text));
  return {
    anchors: oncePerPlace(anchors).sort((a, b) => a.keyRange[0] - b.keyRange[0]),
    outputPaths: Array.from(new Set(framework.outputs.flatMap((template) => config.filledIn(template, first) ?? []))),
  };
}

/** A merged key stands in one place under several paths: the shortest is the one that the framework reads. */
function oncePerPlace(anchors: readonly BudgetAnchor[]): BudgetAnchor[] {
  const longestFirst = [...anchors].sort((a, b) => b.path.length - a.path.length);
  return [...new Map(longestFirst.map((anchor) => [anchor.keyRange[0], anchor])).values()];
}

interface Found {
  readonly entry: ConfigEntry;
  readonly key: BudgetKey;
  /** Order of precedence. */
  readonly order: number;
}

/** The budget keys of each section that may hold some, by the section's path. */
function inSections(config: ConfigFacts, { isSection, budgets }: Framework): Map<string, Found[]> {
  const sections = new Map<string, Found[]>();
  for (const entry of config.entries) {
    const dot = entry.path.lastIndexOf('.');
    const section = entry.path.slice(0, Math.max(0, dot));
    const order = budgets.findIndex(({ name }) => name === entry.path.slice(dot + 1));
    const key = budgets[order];
    if (key === undefined || !isSection(section, config)) continue;
    sections.set(section, [...(sections.get(section) ?? []), { entry, key, order }]);
  }
  return sections;
}

type Candidate = Omit<BudgetAnchor, 'beatenBy' | 'unless'> & { readonly order: number };

function judged(found: readonly Found[], { title, rule }: Framework, config: string): BudgetAnchor[] {
  const candidates = found.flatMap((one) => candidateFrom(one, title, config) ?? []);
  // `${…}` or `???`: what is filled in later may be a number.
  const filledInLater = found.filter(({ entry }) => entry.text !== null && readBudget(entry.text) === null);
  return candidates.map(({ order, ...anchor }) => {
    const isStronger = (other: Candidate): boolean =>
      rule === 'first' ? other.order < order : other.unit === anchor.unit && other.value < anchor.value;
    const rival = rule === 'earliest' ? candidates.find(({ unit }) => unit !== anchor.unit) : undefined;
    const open = filledInLater.find((other) => rule === 'earliest' || other.order < order);
    const unless =
      rival !== undefined
        ? `${rival.path} (${rival.valueText}) is reached first`
        : open !== undefined
          ? `${open.entry.path}, which is filled in elsewhere, ends it first`
          : null;
    return { ...anchor, beatenBy: candidates.find(isStronger)?.path ?? null, unless };
  });
}

/** null where nothing is set: no number, no number yet, or one that means "no limit". */
function candidateFrom({ entry, key, order }: Found, framework: string, config: string): Candidate | null {
  const { path, text, range } = entry;
  const read = text === null ? null : readBudget(text);
  if (text === null || read === null || !isBudget(read.value)) return null;
  if (key.unit !== null && read.unit !== null) return null;
  const start = range[0] + (/^["']/.test(config.slice(...range)) ? 1 : 0);
  // Block scalars and escapes: their text is not that of the file.
  if (!config.startsWith(text, start)) return null;
  return {
    order,
    path,
    key: key.name,
    keyRange: entry.key,
    valueRange: [start, start + read.length],
    value: read.value,
    valueText: text,
    unit: key.unit ?? read.unit ?? 'step',
    framework,
  };
}

/** Frameworks write "no limit" as null, 0, -1 or the largest integer they have. */
function isBudget(value: number): boolean {
  return value > 0 && value < 1e15;
}
