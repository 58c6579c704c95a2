// Fails on an import that goes against the arrows between the rooms.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './support/paths.mjs';
import { importsOf, judge } from './support/rooms.mjs';

const files = ['src', 'webview', 'test', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.includes('/node_modules/')),
);
const imports = await importsOf(root, new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])));
const complaints = imports.map(judge).filter((complaint) => complaint !== null);
for (const complaint of complaints) say(complaint);
if (complaints.length > 0) process.exit(1);
say(`Checked ${imports.length} imports in ${files.length} files: all go along the arrows between the rooms.`);
