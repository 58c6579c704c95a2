import { l10n } from 'vscode';
import type { InspectReport } from '../core/report/inspectReport.ts';

/** What was recognised, in short: `csv · 20 checkpoints · solver a · verifier b`; `csv (chosen)` where the user said so. */
export function recognisedAs({ format: id, isFormatChosen, runs }: InspectReport): string {
  const format = isFormatChosen ? l10n.t('{0} (chosen)', id) : id;
  const newest = runs.at(-1);
  if (newest === undefined) return isFormatChosen ? l10n.t('{0} · nothing found', format) : format;
  const { count } = newest.x;
  const roles = (['solver', 'verifier', 'gap'] as const).flatMap((role) => {
    const found = newest.series.find((series) => series.role === role);
    if (found === undefined) return [];
    return found.name === role ? [role] : [`${role} ${found.name}`];
  });
  const curve = newest.series.find(({ direction }) => direction !== 'none') ?? newest.series[0];
  return [
    format,
    ...(runs.length > 1 ? [l10n.t('{0} runs', runs.length)] : []),
    count === 1 ? l10n.t('1 checkpoint') : l10n.t('{0} checkpoints', count),
    ...(roles.length > 0 || curve === undefined ? roles : [curve.name]),
  ].join(' · ');
}
