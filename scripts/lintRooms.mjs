// Fails on an import that goes against the arrows between the rooms.
// Usage: node scripts/lintRooms.mjs [PROJECT]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './support/paths.mjs';
import { importsOf, judge } from './support/rooms.mjs';

const project = process.argv[2] ?? root;
const folders = ['src', 'webview', 'test', 'bench'].filter((folder) => existsSync(join(project, folder)));
const files = folders.flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.includes('/node_modules/')),
);
const imports = await importsOf(
  project,
  new Map(files.map((file) => [file, readFileSync(join(project, file), 'utf8')])),
);
const complaints = imports.map(judge).filter((complaint) => complaint !== null);
for (const complaint of complaints) say(complaint);
if (complaints.length > 0) process.exit(1);
say(`Checked ${imports.length} imports in ${files.length} files: all go along the arrows between the rooms.`);
