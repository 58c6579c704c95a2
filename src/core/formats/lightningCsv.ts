import { tableFormat } from './delimited/tableFormat.ts';

/** PyTorch Lightning's metrics.csv: `epoch` and `step` among the names, and rows that hold only what was logged together. */
export const lightningCsv = tableFormat({
  id: 'lightning-csv',
  title: 'PyTorch Lightning metrics.csv',
  mostConfidence: 0.9,
  mark: 'epoch',
  recognise({ delimiter, names, emptyCells }, { fileName }) {
    if (delimiter !== ',' || !names.includes('epoch') || !names.includes('step')) return null;
    const isSparse = emptyCells > 0;
    const isNamedSo = /^metrics.*\.csv$/i.test(fileName);
    if (!isSparse && !isNamedSo) return null;
    if (names.some((name) => /^(time|rollout)\//.test(name))) return null;
    return {
      confidence: isSparse ? 0.9 : 0.84,
      because: `its columns are \`epoch\`, \`step\` and metrics${isSparse ? ', with cells left empty where nothing was logged' : ''}`,
    };
  },
});
