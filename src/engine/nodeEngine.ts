import { sharedRateForecaster } from '../core/forecast/sharedRateForecaster.ts';
import { formats } from '../core/formats/formatTable.ts';
import { diskCache, noCache } from './diskCache.ts';
import { Engine } from './engine.ts';
import type { EngineApi } from './engineApi.ts';
import { FileSource } from './fileSource.ts';
import { listFolder } from './listFolder.ts';
import { MemorySource } from './memorySource.ts';
import type { ByteSource } from './ports.ts';
import { UnpackedSource } from './unpackedSource.ts';

/**
 * The engine as it runs on Node: every format, the forecaster, files by path and `-` for standard input.
 * @param cacheFolder where what was read of large folders is kept between sessions; null: nowhere.
 * @param input what `-` is; without one all of standard input, once it has ended.
 */
export function createNodeEngine(cacheFolder: string | null = null, input: ByteSource | null = null): EngineApi {
  const cache = cacheFolder === null ? noCache : diskCache(cacheFolder);
  const openSource = async (path: string): Promise<ByteSource> =>
    new UnpackedSource(path === '-' ? (input ?? (await standardInput())) : new FileSource(path));
  return new Engine({ formats, forecaster: sharedRateForecaster, openSource, listFolder, cache });
}

async function standardInput(): Promise<ByteSource> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return new MemorySource('standard input', Buffer.concat(parts));
}
