import { tableFormat } from './delimited/tableFormat.ts';

/** One metric of DVCLive: `step` and a value, apart by a tab; folders below plots/metrics are parts of its name. */
export const dvclive = tableFormat({
  id: 'dvclive',
  title: 'DVCLive metric',
  mostConfidence: 0.95,
  mark: '\t',
  recognise({ delimiter, names }, { folders, fileName }) {
    if (delimiter !== '\t' || names.length !== 2 || names[0] !== 'step' || !/\.tsv$/i.test(fileName)) return null;
    const isPlaced = folders.includes('plots') || folders.some((folder) => /dvclive/i.test(folder));
    return isPlaced
      ? { confidence: 0.95, because: 'it is a table of `step` and one metric below a DVCLive folder' }
      : null;
  },
  rename(name, { folders, fileName }) {
    if (name === 'step') return name;
    // Below plots/metrics there may be a folder called metrics once more.
    const at = folders.indexOf('metrics', Math.max(0, folders.lastIndexOf('plots')));
    return [...(at < 0 ? [] : folders.slice(at + 1)), fileName.replace(/\.tsv$/i, '')].join('/');
  },
});
