import { foreignCounters, inEnglish } from '../../inEnglish.ts';
import { onDemand } from '../../onDemand.ts';
import { parseNumber } from '../parseNumber.ts';
import { matchesOf } from './matchesOf.ts';

/** Where in a text something stands. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** A number that counts the run's progress: `Epoch 3/10`, `step: 100`, `global_step=5`. */
export interface Counter {
  readonly name: string;
  readonly at: number;
  /** The planned end; null where the line does not tell it. */
  readonly of: number | null;
  /** `steps: 500` and a number without a name may as well be something else: good for their own line only. */
  readonly isLoose: boolean;
  readonly span: Span;
}

/** A place inside of an epoch or a bar: `[0][ 400/1563]`, `144/489 [13:59<33:31`. */
export interface Batch {
  readonly at: number;
  readonly of: number | null;
  readonly span: Span;
}

/** Where a console line says that the run is. */
export interface RunPlace {
  readonly counters: readonly Counter[];
  readonly batch: Batch | null;
  /** Two numbers stood like a place, but past its end: with others the line would have one. */
  readonly isPastEnd: boolean;
  /** The line without what was read here, equally long. */
  readonly rest: string;
}

const count = String.raw`\d{1,3}(?:,\d{3})+(?!\d)|\d+`;
const words = `steps?|epochs?|epch|iter(?:ation)?s?|itr|it|updates?|rounds?|generations?|episodes?|rollout|batch(?:es)?|timesteps?|(?:ep|up)\\.(?= \\d)|${foreignCounters}`;
const counter = onDemand(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\p{N}_@.-])((?:(?:train|trainer|training|env|optimizer|current)[_/])?(?:global[_ ])?(?:${words}))(?![\p{L}_])` +
        String.raw`(?:\s*['"]?\s*[:=#\]：]\s*[[(]?|\s*[[(]|\s)\s*((?:${count})(?:\.\d+)?[KM]?)(?!\d|[\d:]*:\d\d|[\p{L}%]|\.\d)(?:\s*(?:\/|of|out of)\s*(${count}))?`,
      'giu',
    ),
);
/** ESPnet's `12epoch:train:` and `12epoch results:`. */
const gluedEpoch = /(?<![\w.])(\d+)epoch(?=[: ])/;
/** `第 3 轮`, `第3/60个epoch`: a counter behind its number; only a line that begins with it says where the run is. */
const numbered = /^[\s[(（【]*第\s*(\d+)(?:\s*\/\s*(\d+))?\s*个?(轮|周期|epoch|次迭代|步|回合)/iu;
const counted = new Map([
  ['轮', 'epoch'],
  ['步', 'step'],
  ['次迭代', 'iteration'],
]);
/** Marian's names. */
const shortened = new Map([
  ['ep.', 'epoch'],
  ['up.', 'update'],
]);
/** What stands before a number of steps that is a plan or a memory, not the place where the run is. */
const notWhere = /(?:max(?:imum)?|total|num(?:ber of)?|warm-?up|best|per|every|save|logging|early|each)[ _:-]*$|\/$/i;
/** `[12/25][500/1583]`, `[1,  2000]`, `[train: 120, 20 / 125]`: epoch and batch without a name. */
const pairOfPlaces =
  /^\W{0,3}\[\s*(?:(?:train|val|valid|test|eval)[:,\s]\s*)?(\d+)(?:\s*\/\s*(\d+))?(?:\s*\]\s*\[|\s*,)\s*(\d+)(?:\s*\/\s*(\d+))?\s*\]/i;
/** `[400/1563]`, `(20/4292)`, `[640/60000 (1%)]`; behind an epoch also `[50]`. */
const bracketed = /[[(]\s*(\d+)\s*\/\s*(\d+)(?:\s*\([\d.]+\s*%\))?\s*[\])]/;
const secondBracket = /^\s*[\])]?\s*[[(]\s*(\d+)\s*[\])]/;
/** A bar of tqdm or rich, and `200/ 2983 batches`. */
const barred =
  /(?:%\|[^|]*\||[━╸╺]\s)\s*(\d+)\/(\d+)(?=[ [])|(?<![\d/.-])(\d+)\s*\/\s*(\d+)(?:\s+(?:batches|steps|iters?)\b|(?= \[[=>.#-]{3,}\]))/;
/** A number alone at the start, with what follows set off. */
const bare = /^\s*\[?(\d+)(?:\s*\/\s*(\d+))?(?:\]|\s*[|:,]|\s+-)?\s+(?=[\p{L}|])/u;

/** A counter's name before a number, an epoch behind its own, or two numbers as a bar has them. */
const placed = onDemand(
  () => new RegExp(String.raw`(?:${words})[\s'":=#\][(：]*\d|\depoch|第\s*\d|\d\s*\/\s*\d`, 'iu'),
);

/** Finds the counters of a line. @param text behind its prefixes. */
export function runPlace(text: string): RunPlace {
  const paired = pairOfPlaces.exec(text);
  if (paired !== null) {
    const [all, epoch = '', epochs, batch = '', batches] = paired;
    // The phase stays to be read.
    const start = all.search(/\d/);
    const between = start + all.slice(start).search(/\]\s*\[|,/);
    return {
      counters: [
        {
          name: 'epoch',
          at: Number(epoch),
          of: numberOrNull(epochs),
          isLoose: false,
          span: { at: start, end: between },
        },
      ],
      batch: { at: Number(batch), of: numberOrNull(batches), span: { at: between, end: all.length } },
      isPastEnd: false,
      rest: blank(text, { at: start, end: all.length }),
    };
  }
  let rest = text;
  const found = new Map<string, Counter>();
  let batch: RunPlace['batch'] = null;
  for (const match of matchesOf(counter(), text)) {
    const [, name = '', value = '', of] = match;
    const at = parseNumber(value);
    const key = nameOf(name);
    if (at === undefined || found.has(key) || notWhere.test(text.slice(0, match.index))) continue;
    found.set(key, { name: key, at, of: numberOrNull(of), isLoose: /[^s]s$/.test(key), span: spanOf(match) });
    rest = blank(rest, spanOf(match));
    const { end } = spanOf(match);
    const behind = /epoch/.test(key) ? secondBracket.exec(text.slice(end)) : null;
    if (behind !== null) {
      const span = { at: end, end: end + behind[0].length };
      batch ??= { at: Number(behind[1]), of: null, span };
      rest = blank(rest, span);
    }
  }
  const glued = found.size === 0 ? (gluedEpoch.exec(rest) ?? numbered.exec(rest)) : null;
  if (glued !== null) {
    const [, value, of, unit = 'epoch'] = glued;
    const name = counted.get(unit) ?? inEnglish(unit);
    found.set(name, { name, at: Number(value), of: numberOrNull(of), isLoose: false, span: spanOf(glued) });
    rest = blank(rest, spanOf(glued));
  }
  const placed = bracketed.exec(rest) ?? barred.exec(rest);
  let isPastEnd = false;
  if (placed !== null) {
    const at = Number(placed[1] ?? placed[3]);
    const of = Number(placed[2] ?? placed[4]);
    isPastEnd = at > of || of <= 1;
    if (!isPastEnd) {
      batch ??= { at, of, span: spanOf(placed) };
      rest = blank(rest, spanOf(placed));
    }
  }
  const alone = found.size === 0 && batch === null ? bare.exec(text) : null;
  if (alone !== null) {
    found.set('step', {
      name: 'step',
      at: Number(alone[1]),
      of: numberOrNull(alone[2]),
      isLoose: true,
      span: spanOf(alone),
    });
    rest = blank(rest, spanOf(alone));
  }
  return { counters: [...found.values()].map((one) => ofEpisode(one, found)), batch, isPastEnd, rest };
}

/** False where `runPlace` finds nothing in a text, and sooner. @param text behind its prefixes */
export const mayHoldPlace = (text: string): boolean =>
  placed().test(text) || pairOfPlaces.test(text) || bare.test(text);

function nameOf(text: string): string {
  const name = inEnglish(text)
    .toLowerCase()
    .replace(/^(?:train|trainer|training|current)\//, '')
    .replace(' ', '_');
  return shortened.get(name) ?? name;
}

/** Beside an episode steps are its length. */
function ofEpisode(counter: Counter, all: ReadonlyMap<string, Counter>): Counter {
  return all.has('episode') && /^(?:time)?steps?$/.test(counter.name)
    ? { ...counter, name: `episode ${counter.name}` }
    : counter;
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : (parseNumber(text) ?? null);
}

/** Bars in its place, which no name goes across. */
function blank(text: string, { at, end }: Span): string {
  return text.slice(0, at) + '|'.repeat(end - at) + text.slice(end);
}

function spanOf({ 0: all, index }: RegExpExecArray): Span {
  return { at: index, end: index + all.length };
}
