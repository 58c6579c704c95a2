import { formatNumber } from '../report/formatNumber.ts';
import type { Warning } from '../report/predictReport.ts';
import { type ExternalData, type InjectionMark, isIn, tellingSpan } from './externalData.ts';
import type { Trio } from './thirdSeries.ts';

/** What was asked by marks and cannot be answered, or only without some of them. Columns of the log are asked nothing. */
export function markWarnings(
  marks: readonly InjectionMark[],
  { gamma, sentence }: ExternalData,
  trio: Trio | null,
  xName: string,
): Warning[] {
  if (marks.length === 0) return [];
  if (gamma === null || trio === null) return [{ code: 'injections-untold', message: sentence }];
  const span = tellingSpan(trio.solver, trio.verifier);
  const outside = marks.filter(({ x }) => !isIn(span, x)).map(({ x }) => formatNumber(x, 0));
  if (outside.length === 0) return [];
  const opening =
    outside.length === 1
      ? `The injection at ${xName} ${outside.join('')} was left out: it does not lie`
      : `The injections at ${xName} ${outside.join(', ')} were left out: they do not lie`;
  const between = `${formatNumber(span.from, 0)}, and the last of the verifier, ${formatNumber(span.to, 0)}`;
  return [{ code: 'injections-outside', message: `${opening} between the first checkpoint, ${between}.` }];
}
