import { tableFormat } from './delimited/tableFormat.ts';

/** What TensorBoard's page downloads: one metric a file, whose name only the file tells. */
export const tbCsvExport = tableFormat({
  id: 'tb-csv-export',
  title: 'CSV from the TensorBoard page',
  mostConfidence: 0.98,
  mark: 'Wall time',
  recognise({ names }) {
    return names.join() === 'Wall time,Step,Value'
      ? {
          confidence: 0.98,
          because: 'its columns are just those of a download from TensorBoard: Wall time, Step, Value',
        }
      : null;
  },
  rename(name, { fileName }) {
    if (name !== 'Value') return name;
    return /(?:^|-)tag-(.+)\.csv$/i.exec(fileName)?.[1] ?? name;
  },
});
