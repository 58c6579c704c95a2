/**
 * Step that the name of a dump says: `120.jsonl` (verl), `train_data_step120.jsonl` (NeMo-RL), `completions_00120.parquet`
 * (TRL), `rollouts_120.jsonl`; null for all other names. Content still decides what a file is.
 */
export function stepOfName(fileName: string): number | null {
  const found = named.exec(fileName);
  return found === null ? null : Number(found[1]);
}

const named = /^(?:[a-z_]*(?:step|rollouts?|samples?|completions|generations)_?)?(\d{1,12})\.(?:jsonl|parquet)$/i;
