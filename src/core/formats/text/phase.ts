import { onDemand } from '../../onDemand.ts';
import { byName } from './byName.ts';
import { matchesOf } from './matchesOf.ts';

const foreignTraining = '训练|訓練|훈련';
const foreignParts = `${foreignTraining}|验证|検証|검증|测试|テスト|테스트|评估|評価|평가`;
/** Parts of a run that loggers name before their numbers. */
const phase = onDemand(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\p{N}])(train(?:ing)?|val(?:id(?:ation)?)?|dev|test(?:ing)?|eval(?:uation)?)(?![\p{L}\p{N}])|${foreignParts}`,
      'giu',
    ),
);
/** What all of them begin with: most lines hold none. */
const anyPhase = new RegExp(`train|val|dev|test|eval|${foreignParts}`, 'iu');
const training = new RegExp(`^(?:train|${foreignTraining})`, 'i');
const gluedPhase = /^(?:train|val|valid|test|dev|eval)(?=[A-Z])/;

const longestHeading = 100;
/** Set off by a colon or by signs around it, or one word alone. */
const heading = onDemand(() => /^\s*(?:[\p{L} ]+:|[-=#*>~]{2,}[^\d]*|\p{L}+)\s*$/u);
export const wordsOfHeading = 4;

/** A word that says which part of the run what follows belongs to. */
export interface PhaseWord {
  readonly word: string;
  readonly at: number;
}

export const mayHoldPhase = (text: string): boolean => anyPhase.test(text);

export function phaseWords(text: string): PhaseWord[] {
  if (!mayHoldPhase(text)) return [];
  return matchesOf(phase(), text).map((found) => ({ word: found[0], at: found.index }));
}

export const saysPhase = byName((name) => gluedPhase.test(name) || phaseWords(name).length > 0);

/** The part of the run that a heading without numbers opens: `Validation:`, `----- Test -----`; null where it is none. */
export function headingPhase(text: string): string | null {
  if (text.length > longestHeading || !heading().test(text)) return null;
  const [found] = phaseWords(text);
  return found !== undefined && (text.match(/\p{L}{2,}/gu)?.length ?? 0) <= wordsOfHeading ? found.word : null;
}

export function isTraining(word: string): boolean {
  return training.test(word);
}
