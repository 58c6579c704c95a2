import { boxTable } from './boxTable.ts';
import { caffe } from './caffe.ts';
import { composer } from './composer.ts';
import { csv } from './csv.ts';
import { deepspeedChat } from './deepspeedChat.ts';
import { dvclive } from './dvclive.ts';
import { fairseq } from './fairseq.ts';
import type { Format } from './format.ts';
import { hfTrainerState } from './hfTrainerState.ts';
import { jsonHistory } from './jsonHistory.ts';
import { jsonl } from './jsonl.ts';
import { kerasConsole } from './kerasConsole.ts';
import { kerasCsv } from './kerasCsv.ts';
import { keyValueConsole } from './keyValueConsole.ts';
import { lightningCsv } from './lightningCsv.ts';
import { llamafactoryJsonl } from './llamafactoryJsonl.ts';
import { llmc } from './llmc.ts';
import { megatron } from './megatron.ts';
import { mlflowFiles } from './mlflowFiles.ts';
import { mlflowSqlite } from './mlflowSqlite.ts';
import { mmengine } from './mmengine.ts';
import { moddedNanogpt } from './moddedNanogpt.ts';
import { nanogpt } from './nanogpt.ts';
import { notALog } from './notALog.ts';
import { otherBinary } from './otherBinary.ts';
import { pythonDictConsole } from './pythonDictConsole.ts';
import { rllibCsv } from './rllibCsv.ts';
import { rllibJson } from './rllibJson.ts';
import { rollouts } from './rollouts.ts';
import { sacred } from './sacred.ts';
import { sb3Csv } from './sb3Csv.ts';
import { sb3Monitor } from './sb3Monitor.ts';
import { spinningup } from './spinningup.ts';
import { swanlab } from './swanlab.ts';
import { swanlabLog } from './swanlabLog.ts';
import { tbCsvExport } from './tbCsvExport.ts';
import { textTable } from './textTable.ts';
import { tfevents } from './tfevents.ts';
import { torchtune } from './torchtune.ts';
import { ultralyticsConsole } from './ultralyticsConsole.ts';
import { ultralyticsCsv } from './ultralyticsCsv.ts';
import { verlConsole } from './verlConsole.ts';
import { wandb } from './wandb.ts';
import { wandbCsvExport } from './wandbCsvExport.ts';
import { wandbLegacy } from './wandbLegacy.ts';

/** Every log format there is, a line each; of two that are equally sure of a log the first one takes it. */
export const formats: readonly Format[] = [
  boxTable,
  textTable,
  ultralyticsConsole,
  caffe,
  composer,
  deepspeedChat,
  fairseq,
  dvclive,
  hfTrainerState,
  kerasCsv,
  lightningCsv,
  llamafactoryJsonl,
  mlflowFiles,
  rllibCsv,
  rllibJson,
  rollouts,
  sb3Csv,
  sb3Monitor,
  spinningup,
  tbCsvExport,
  ultralyticsCsv,
  wandbCsvExport,
  wandbLegacy,
  tfevents,
  wandb,
  swanlab,
  swanlabLog,
  mlflowSqlite,
  otherBinary,
  notALog,
  sacred,
  jsonl,
  csv,
  jsonHistory,
  pythonDictConsole,
  verlConsole,
  torchtune,
  nanogpt,
  moddedNanogpt,
  llmc,
  megatron,
  kerasConsole,
  mmengine,
  keyValueConsole,
];
