import { tableFormat } from './delimited/tableFormat.ts';

/** YOLOv5 to YOLO12's results.csv: `epoch` first and names such as `metrics/mAP50(B)`, often padded. */
export const ultralyticsCsv = tableFormat({
  id: 'ultralytics-csv',
  title: 'Ultralytics or YOLO results.csv',
  mostConfidence: 0.95,
  mark: 'metrics/',
  recognise({ names }) {
    const metric = names.find((name) => name.startsWith('metrics/'));
    return names[0] === 'epoch' && metric !== undefined
      ? { confidence: 0.95, because: `\`epoch\` comes first and \`${metric}\` is among the columns` }
      : null;
  },
});
