import { l10n } from 'vscode';
import type { PanelState } from '../protocol/panel.ts';
import type { RunRecord } from './runStore.ts';

/** What the page shows of a record. */
export function panelState(record: RunRecord): PanelState {
  const { uri, status, progress, inspect, prediction, failure, settings } = record;
  const log = String(uri);
  if (status === 'forecast' && prediction !== null && inspect !== null) {
    const { choices, level } = settings;
    return { kind: 'ready', log, prediction, inspect, choices, level, following: true };
  }
  if (status === 'unrecognised' && inspect !== null) {
    return { kind: 'unrecognised', log, message: notALog(record.uri.path, inspect.because), inspect };
  }
  if (failure !== null && (status === 'failed' || status === 'cancelled')) return { kind: 'failed', log, ...failure };
  return {
    kind: 'loading',
    log,
    note: progress?.note ?? l10n.t('Opening the log'),
    fraction: progress?.fraction ?? null,
  };
}

function notALog(path: string, because: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return l10n.t('{0} is not recognised as a training log: {1}.', name, because.replace(/\.$/, ''));
}
