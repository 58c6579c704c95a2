/** Step that the name of a dump says: `120.jsonl`, `train_data_step120.jsonl`, `completions_00120.parquet`. */
export function stepOfName(fileName: string): number | null {
  const found = /^(?:(?:[a-z_]*_)?(?:step|completions)_?)?(\d{1,12})\.(?:jsonl|parquet)$/i.exec(fileName);
  return found === null ? null : Number(found[1]);
}
