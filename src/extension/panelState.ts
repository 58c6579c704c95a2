import { l10n } from 'vscode';
import { fileNameOf } from '../core/report/fileNameOf.ts';
import type { InspectReport } from '../core/report/inspectReport.ts';
import type { PanelState } from '../protocol/panel.ts';
import type { RunRecord } from './runStore.ts';

/** What the page shows of a record. */
export function panelState(record: RunRecord): PanelState {
  const { uri, status, progress, inspect, prediction, failure, settings } = record;
  const log = String(uri);
  // A log that has vanished takes nothing from what was read of it.
  const isGone = status === 'failed' && failure?.code === 'unreadable';
  const isShown = status === 'forecast' || status === 'recognised' || isGone;
  if (isShown && prediction !== null && inspect !== null) {
    const { choices, level } = settings;
    const notice = isGone ? l10n.t('{0} What is shown was read before.', failure.message) : null;
    return { kind: 'ready', log, prediction, inspect, choices, level, following: true, notice };
  }
  if (status === 'unrecognised' && inspect !== null) {
    return { kind: 'unrecognised', log, message: notALog(record.uri.path, inspect), inspect };
  }
  if (failure !== null && (status === 'failed' || status === 'cancelled')) return { kind: 'failed', log, ...failure };
  return {
    kind: 'loading',
    log,
    note: progress?.note ?? l10n.t('Opening the log'),
    fraction: progress?.fraction ?? null,
  };
}

function notALog(path: string, { because, format, isFormatChosen }: InspectReport): string {
  if (isFormatChosen) return l10n.t('{0} has no series of numbers when it is read as {1}.', fileNameOf(path), format);
  return l10n.t('{0} is not recognised as a training log: {1}.', fileNameOf(path), because.replace(/\.$/, ''));
}
