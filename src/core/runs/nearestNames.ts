const most = 8;

/** Which names there are, as the end of a sentence: those alike first, not endless. */
export function nearestNames(asked: string, names: readonly string[]): string {
  if (names.length === 0) return 'there are none';
  const wanted = asked.toLowerCase();
  const alike = names.filter((name) => name.toLowerCase().includes(wanted) || wanted.includes(name.toLowerCase()));
  const listed = [...new Set([...alike, ...names])].slice(0, most);
  const rest = names.length - listed.length;
  return `there are ${listed.map((name) => `"${name}"`).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
