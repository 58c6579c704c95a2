import { onDemand } from '../../onDemand.ts';
import { isCounterName } from '../counterName.ts';
import { isOutcomeName } from '../metricName.ts';
import { parseNumber } from '../parseNumber.ts';
import { byName } from './byName.ts';
import { LineKind } from './lineKind.ts';
import { matchesOf } from './matchesOf.ts';
import { numberPattern, wordPattern } from './numberPattern.ts';
import { isTraining, type PhaseWord, phaseWords, saysPhase } from './phase.ts';
import { type RunPlace, runPlace, type Span } from './runPlace.ts';
import { stripPrefixes } from './stripPrefixes.ts';
import type { Cell } from './writeRow.ts';

/** What a console line says: where the run is, and its named numbers. */
export interface ConsoleLine extends RunPlace {
  readonly values: readonly Cell[];
  /** Where each of the values stands with its name, and with its unit at the end. */
  readonly spans: readonly Span[];
  /** How much of the line was taken off before what the spans speak of. */
  readonly prefix: number;
  /** The same for all lines that differ in their numbers only. */
  readonly kind: LineKind;
  /** The part of the run that the whole line speaks of; null where it does not say. */
  readonly phase: string | null;
}

/** Longer lines are text; records have at most some hundred cells. */
const longest = 8192;
/** `loss: 0.35`, `val loss = 0.35`, `'total_reward': 201.0`, `lr=[0.0001]`, `loss: tensor(0.35`. */
const pair = onDemand(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\p{N}_])(${wordPattern}(?:(?: | \/ )${wordPattern}){0,3}(?: \([\w/%.]{1,8}\))?)['"]?\s*[:=：]\s*['"[(]{0,2}` +
        String.raw`(?:(?:np\.|torch\.|jnp\.)?(?:float|int|bfloat|tensor|array)\d*\(\[?)?(${numberPattern})(?![\w:.]*:\d|-\d)([%A-Za-z/]{0,8})`,
      'giu',
    ),
);
/** `loss 0.35`, `LR [0.0001]`: a name with a blank before its number. */
const spaced = onDemand(
  () =>
    new RegExp(
      String.raw`(?<=^|[\s,|;([，；、（【])((?:${wordPattern} ){0,2}${wordPattern})\s+\[?(${numberPattern})(?=$|[\s,|;)%(\]，；、。）】]|/\d)`,
      'giu',
    ),
);
/** What may stand before the last word of a name that has a blank before its number. */
const qualifier = /^(?:avg|average|mean|total|running|top-?\d?|token|seq|batch|best|ema|smoothed)$/i;

/** JSON has readers of its own, and what they refuse is no log; a statement of source code is none either. */
const noRecord =
  /^[{[]?\s*"|^\[\s*\{|^(?:const|let|var|return|if|else|for|while|case|def|import|export|function|private|public)\b.*[;:{(]|^\/\//;

/** `train.py:227` tells where in the source a line was printed. */
const sourceFile = /\.(?:py|cc|cpp|cu|go|rs|js)$/;

/** The end of a sentence before a name, but no short word that is cut: `finished. loss`, not `Grad. Norm`. */
const sentence = /^.*\p{L}{6,}\. /u;

/** null where the line holds no number with a name and no counter. */
export function consoleLine(line: string): ConsoleLine | null {
  if (line.length < 4 || line.length > longest || !/\d/.test(line) || !/\p{L}/u.test(line)) return null;
  const text = stripPrefixes(line);
  if (noRecord.test(text)) return null;
  const place = runPlace(text);
  const found = namedNumbers(place.rest);
  if (found.length === 0 && place.counters.length === 0 && place.batch === null) return null;
  const marks = phaseWords(blankAll(place.rest, found));
  const start = found[0]?.at ?? Number.POSITIVE_INFINITY;
  const ahead = marks.findLast(({ at }) => at < start);
  const named = withPhases(found, marks, place.rest);
  const values = [...named].map(([name, { value }]): Cell => [name, value]);
  return {
    ...place,
    values,
    spans: [...named.values()],
    prefix: line.length - text.length,
    kind: new LineKind(place, values),
    phase: ahead?.word ?? null,
  };
}

/** Two numbers of the line stand like a place, but past its end. */
export const isPastEnd = (line: string): boolean => runPlace(stripPrefixes(line)).isPastEnd;

/** The name before the brackets that stand open: `tot_loss` of `tot_loss[loss=0.3`. */
function groupBefore(text: string, at: number): string | null {
  return /([\p{L}_]\w*)\s?[[({][^\])}]*$/u.exec(text.slice(0, at))?.[1] ?? null;
}

interface Named extends Span {
  readonly name: string;
  readonly value: number;
}

const plainName = byName((text) => {
  const name = text.replace(sentence, '');
  return isCounterName(name) || sourceFile.test(name) ? '' : name;
});

function namedNumbers(text: string): Named[] {
  const found: Named[] = [];
  const add = (words: string, value: string, unit: string, at: number, length: number): void => {
    const name = plainName(words);
    const parsed = name === '' ? undefined : (parseNumber(`${value}${unit}`) ?? parseNumber(value));
    if (parsed !== undefined) found.push({ name, value: parsed, at, end: at + length });
  };
  for (const { 0: all, 1: name = '', 2: value = '', 3: unit = '', index } of matchesOf(pair(), text)) {
    add(name, value, unit, index, all.length);
  }
  for (const { 0: all, 1: name = '', 2: value = '', index } of matchesOf(spaced(), blankAll(text, found))) {
    const own = endOfName(name);
    add(own, value, '', index + name.length - own.length, all.length - name.length + own.length);
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Bars in the places of what was found, which no name goes across. @param spans rising. */
function blankAll(text: string, spans: readonly Span[]): string {
  let rest = '';
  let from = 0;
  for (const { at, end } of spans) {
    rest += text.slice(from, at) + '|'.repeat(Math.max(0, end - at));
    from = end;
  }
  return rest + text.slice(from);
}

/** Of the words before a number those that belong to its name: in `done with val loss 0.3` the last two. */
const endOfName = byName((text) => {
  const words = text.split(' ');
  let start = words.length - 1;
  while (start > 0) {
    const before = words[start - 1] ?? '';
    if (!saysPhase(before) && !qualifier.test(before) && !isOutcomeName(before)) break;
    start -= 1;
  }
  return words.slice(start).join(' ');
});

/**
 * The numbers under names that tell the parts of the run apart: the line may say the part once for all (`Test: … loss 0.3`),
 * or repeat a name behind one that says it (`Val Loss: 9.1 | Token Acc: 0.07`).
 */
function withPhases(found: readonly Named[], marks: readonly PhaseWord[], text: string): Map<string, Named> {
  const cells = new Map<string, Named>();
  let section: string | null = null;
  const [first, ...others] = found;
  // Where the first name alone says a part, the others belong to it.
  const led = first === undefined || others.some(({ name }) => saysPhase(name)) ? null : phaseWords(first.name)[0];
  for (const one of found) {
    const { name, at } = one;
    const isLed = led != null && isOutcomeName(name);
    const mark = marks.findLast((word) => word.at < at)?.word ?? (isLed ? led.word : null);
    let full = name;
    if (saysPhase(name)) section = phaseWords(name)[0]?.word ?? section;
    else if (mark !== null && !isTraining(mark)) full = `${mark} ${name}`;
    else if (cells.has(name)) full = [section ?? groupBefore(text, at), name].filter((part) => part !== null).join(' ');
    if (!cells.has(full)) cells.set(full, one);
  }
  return cells;
}
