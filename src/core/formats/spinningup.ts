import { tableFormat } from './delimited/tableFormat.ts';

/** Spinning Up's progress.txt and its re-implementations: tabs, and the returns of episodes. */
export const spinningup = tableFormat({
  id: 'spinningup',
  title: 'Spinning Up progress.txt',
  mostConfidence: 0.95,
  mark: '\t',
  recognise({ delimiter, names }) {
    const own = names.find((name) => /EpRet|episode[- ]return|TotalEnvInteracts|total-env-interacts/.test(name));
    return delimiter === '\t' && own !== undefined
      ? { confidence: 0.95, because: `columns apart by tabs, \`${own}\` among them` }
      : null;
  },
  axes: ['TotalEnvInteracts', 'total-env-interacts', 'Time Steps', 'Epoch', 'epoch'],
});
