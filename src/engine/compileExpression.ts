import { ceilDependencies, create, floorDependencies, maxDependencies, minDependencies } from 'mathjs/number';
import { mathParts } from './mathParts.ts';

const parts = [...mathParts, floorDependencies, ceilDependencies, minDependencies, maxDependencies];
const math = create(Object.assign({}, ...parts));

const functions = 'abs, exp, log, log2, log10, sqrt, sign, floor, ceil, min and max';
const known: ReadonlySet<string> = new Set(functions.split(/, | and /));
const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };

/**
 * A function of the symbols' values, in the order of `symbols`, from an arithmetic expression of them.
 * @param refuse makes the error for a reason in plain words.
 */
export function compileExpression(
  expression: string,
  symbols: readonly string[],
  refuse: (why: string) => Error,
): (values: readonly number[]) => number {
  const node = attempt(() => math.parse(expression), refuse);
  node.traverse((part) => {
    const isCalled = part.type === 'FunctionNode';
    const isAllowed = ['ConstantNode', 'OperatorNode', 'ParenthesisNode', 'SymbolNode', 'FunctionNode'].includes(
      part.type,
    );
    if (!isAllowed) throw refuse('only numbers, series, + - * / ^, brackets and functions can stand in it');
    if (part.type !== 'SymbolNode' && !isCalled) return;
    const name = 'name' in part ? String(part.name) : '';
    if (symbols.includes(name) || Object.hasOwn(constants, name) || known.has(name)) return;
    throw refuse(
      isCalled ? `"${name}" is none of the functions ${functions}` : `"${name}" is neither a series nor a function`,
    );
  });
  const code = node.compile();
  return (values) => {
    const scope = new Map<string, number>(Object.entries(constants));
    symbols.forEach((symbol, i) => {
      scope.set(symbol, values[i] ?? Number.NaN);
    });
    const value: unknown = attempt(() => code.evaluate(scope), refuse);
    return typeof value === 'number' ? value : Number.NaN;
  };
}

function attempt<T>(action: () => T, refuse: (why: string) => Error): T {
  try {
    return action();
  } catch (error) {
    throw refuse(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
}
