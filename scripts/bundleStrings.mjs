// Writes l10n/bundle.l10n.json: the extension's strings, from its source.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundleFile, extensionBundle } from './support/extensionStrings.mjs';

mkdirSync(dirname(bundleFile), { recursive: true });
writeFileSync(bundleFile, extensionBundle());
