/** The words of a series name, in small letters: `val-core/math/acc/mean@8` is val, core, math, acc, mean@8. */
export function nameTokens(name: string): string[] {
  return name
    .replace(/IoU/g, 'iou')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9@]+/)
    .filter((token) => token !== '');
}
