import type { MathNode } from 'mathjs/number';

/**
 * What a parameter does to t: a `rate` multiplies it, a `time` divides it or is added to it, a `stretch` is a power of t alone
 * and a `power` one of a sum with t.
 */
export type ParameterRole = 'rate' | 'time' | 'stretch' | 'power';

/** By the nearest node above the parameter that says it. */
export function parameterRole(formula: MathNode, name: string): ParameterRole {
  return roleIn(formula, name) ?? 'rate';
}

function roleIn(node: MathNode, name: string): ParameterRole | null {
  const operands: readonly MathNode[] = 'args' in node && Array.isArray(node.args) ? node.args : contentOf(node);
  const operator = 'op' in node ? String(node.op) : '';
  for (const [i, operand] of operands.entries()) {
    if (!uses(operand, name)) continue;
    const nearer = roleIn(operand, name);
    if (nearer !== null) return nearer;
    const others = operands.filter((_, j) => j !== i);
    const isBesideT = !uses(operand, 't') && others.some((other) => uses(other, 't'));
    if (operator === '^' && i === 1 && isBesideT) return isSum(others[0]) ? 'power' : 'stretch';
    if (operator === '/' && i === 1 && isBesideT) return 'time';
    if ((operator === '+' || operator === '-') && isBesideT) return 'time';
    if (operator === '*' && isBesideT) return 'rate';
  }
  return null;
}

function contentOf(node: MathNode): readonly MathNode[] {
  return 'content' in node && isNode(node.content) ? [node.content] : [];
}

function isNode(value: unknown): value is MathNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'traverse' in value;
}

function uses(node: MathNode, name: string): boolean {
  let found = false;
  node.traverse((part) => {
    if (part.type === 'SymbolNode' && 'name' in part && part.name === name) found = true;
  });
  return found;
}

/** Under brackets: a sum, of which t is a part. */
function isSum(node: MathNode | undefined): boolean {
  if (node === undefined) return false;
  const [inner] = contentOf(node);
  if (inner !== undefined) return isSum(inner);
  return (
    'op' in node &&
    (node.op === '+' || node.op === '-') &&
    'args' in node &&
    Array.isArray(node.args) &&
    node.args.length === 2
  );
}
