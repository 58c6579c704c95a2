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
 */
export function createNodeEngine(cacheFolder: string | null = null): EngineApi {
  const cache = cacheFolder === null ? noCache : diskCache(cacheFolder);
  return new Engine({ formats, forecaster: sharedRateForecaster, openSource, listFolder, cache });
}

async function openSource(path: string): Promise<ByteSource> {
  return new UnpackedSource(
    path === '-' ? new MemorySource('standard input', await standardInput()) : new FileSource(path),
  );
}

async function standardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
