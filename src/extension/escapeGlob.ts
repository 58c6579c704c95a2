/** A file's name as a glob pattern that matches it alone. */
export function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
