import { tableFormat } from './delimited/tableFormat.ts';

const identifier = /^[A-Za-z_]\w*$/;

/** Keras' CSVLogger: `epoch` first, then identifiers in alphabetical order, each with its `val_` twin. */
export const kerasCsv = tableFormat({
  id: 'keras-csv',
  title: 'Keras CSVLogger',
  mostConfidence: 0.92,
  mark: 'epoch',
  recognise({ names }, { fileName }) {
    const [first, ...rest] = names;
    if (first !== 'epoch' || rest.length === 0 || rest.includes('step') || !rest.every((name) => identifier.test(name)))
      return null;
    const isSorted = rest.every((name, i) => i === 0 || (rest[i - 1] ?? '') < name);
    const hasTwin = rest.some((name) => rest.includes(`val_${name}`));
    if (!isSorted || !(hasTwin || /\.log$/i.test(fileName)) || !rest.some((name) => /loss|acc/.test(name))) return null;
    return {
      confidence: 0.92,
      because: `\`epoch\` comes first, then ${hasTwin ? 'metrics with their `val_` twins' : 'metrics'} in alphabetical order`,
    };
  },
});
