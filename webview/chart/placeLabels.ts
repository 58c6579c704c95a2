/**
 * Tops of labels of one height that stand as near to their wishes as they can without touching, in the order of the wishes
 * (rising). Neighbours that would touch are moved apart around their middle.
 */
export function placeLabels(wishes: readonly number[], height: number, top: number, bottom: number): number[] {
  interface Group {
    /** Sum of the wishes of its first label. */
    sum: number;
    count: number;
  }
  const groups: Group[] = [];
  const startOf = ({ sum, count }: Group): number => Math.max(top, Math.min(sum / count, bottom - height * count));
  for (const wish of wishes) {
    groups.push({ sum: wish, count: 1 });
    for (let last = groups.at(-1), before = groups.at(-2); last !== undefined && before !== undefined; ) {
      if (startOf(before) + height * before.count <= startOf(last)) break;
      before.sum += last.sum - last.count * before.count * height;
      before.count += last.count;
      groups.pop();
      last = groups.at(-1);
      before = groups.at(-2);
    }
  }
  return groups.flatMap((group) => Array.from({ length: group.count }, (_, i) => startOf(group) + i * height));
}
