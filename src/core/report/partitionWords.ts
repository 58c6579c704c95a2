import { formatNumber } from './formatNumber.ts';
import type { PredictReport } from './predictReport.ts';
import { readableName } from './readableName.ts';
import { xWords } from './xWords.ts';

/** More resumes than these are counted, not listed. */
const mostListed = 3;

/** Of what parts a log and its run are made, a sentence each; none where it is one run, written once from its begin to its end. */
export function partitionWords(
  { run, x, resumes, warnings }: Pick<PredictReport, 'run' | 'x' | 'resumes' | 'warnings'>,
  runNames: readonly string[],
): string[] {
  const word = xWords(x.name)?.one ?? readableName(x.name);
  const has = (code: string): boolean => warnings.some((warning) => warning.code === code);
  return [
    ...(runNames.length > 1 ? [whichRun(run, runNames)] : []),
    ...(resumes.length > 0
      ? [`Resumed ${places(resumes, word)}: what was logged twice counts as it was logged last.`]
      : []),
    ...(has('two-writers') ? [`Several processes wrote it: their values are merged by ${word}.`] : []),
    ...(has('newest-first') ? ['Its newest record stands first: it was read from its end.'] : []),
    ...(has('started-over') ? ['It was cut or replaced while it was followed, and read anew.'] : []),
  ];
}

function whichRun(run: string, names: readonly string[]): string {
  const at = names.indexOf(run);
  return at === names.length - 1
    ? `The newest of ${names.length} runs in this log.`
    : `Run ${at + 1} of ${names.length} in this log.`;
}

function places(resumes: PredictReport['resumes'], word: string): string {
  const at = resumes.map(({ x }) => formatNumber(x));
  const last = at.at(-1) ?? '';
  if (at.length > mostListed) return `${at.length} times, the last time at ${word} ${last}`;
  return at.length === 1 ? `at ${word} ${last}` : `at ${word} ${at.slice(0, -1).join(', ')} and ${last}`;
}
