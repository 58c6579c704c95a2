import { create, derivativeDependencies, type MathNode } from 'mathjs/number';
import { mathParts } from '../mathParts.ts';
import type { Bounds, FormulaText } from './formulaText.ts';
import type { ParameterRole } from './parameterRole.ts';
import { parameterRole } from './parameterRole.ts';

const parts = [...mathParts, derivativeDependencies];
const math = create(Object.assign({}, ...parts));

const functions: readonly string[] = ['exp', 'log', 'log2', 'log10', 'sqrt', 'abs'];
const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const ownNames = new Set(['t', ...functions, ...Object.keys(constants)]);

/** A value at t for the shape's parameters, in the order of {@link CompiledFormula.shape}. */
export type Evaluate = (t: number, shape: readonly number[]) => number;

export interface CompiledFormula {
  /** What an amplitude is multiplied with, and its derivatives by the shape's parameters. */
  readonly amplitudes: readonly {
    readonly name: string;
    readonly value: Evaluate;
    readonly slopes: readonly Evaluate[];
  }[];
  readonly shape: readonly { readonly name: string; readonly role: ParameterRole; readonly bounds: Bounds | null }[];
}

/**
 * Takes a formula of t apart: a parameter in which the second derivative is zero is linear, and is the level where its
 * derivative does not hang on t, an amplitude where it does; all others make the shape. Derivatives are symbolic.
 * @param refuse makes the error that is thrown where the formula cannot be read, or lacks what a curve that settles has.
 */
export function compileFormula(
  { expression, offset, bounds }: FormulaText,
  refuse: (why: string) => Error,
): CompiledFormula {
  if (expression === '') throw refuse('it is empty; write a curve of t such as "L + a*exp(-k*t)"');
  const node = parse(expression, offset, refuse);
  const names = parameterNames(node, expression, offset, refuse);
  for (const name of bounds.keys()) {
    if (!names.includes(name)) throw refuse(`it has bounds for ${name}, which is not in it; leave them out`);
  }
  const derive = (of: MathNode, by: string): MathNode => {
    try {
      return math.derivative(of, by);
    } catch {
      throw refuse(`its derivative by ${by} cannot be formed; write it with ${functions.join(', ')} and powers alone`);
    }
  };
  const derivatives = new Map(names.map((name) => [name, derive(node, name)]));
  const usesOf = (name: string): Set<string> => symbolsOf(derivatives.get(name));
  const linear: string[] = [];
  for (const name of names) {
    const isLinear = !usesOf(name).has(name) && linear.every((other) => !usesOf(other).has(name));
    if (isLinear) linear.push(name);
  }
  const levels = linear.filter((name) => !usesOf(name).has('t'));
  const moving = linear.filter((name) => usesOf(name).has('t'));
  if (levels.length === 0) {
    throw refuse('it has no level that is free to be found; add one, as in "L + …"');
  }
  const [level = '', second] = levels;
  if (second !== undefined) throw refuse(`${level} and ${second} are both its level; leave one out`);
  const [amplitude] = moving;
  if (amplitude === undefined) {
    throw refuse(
      'nothing in it scales the part that changes with t; multiply that part by a parameter, as in "a*exp(-k*t)"',
    );
  }
  if (moving.length > 2)
    throw refuse(`it has ${moving.length} amplitudes (${moving.join(', ')}), and two are the most`);
  const fixed = symbolsOf(substituteZeros(node, linear));
  if (fixed.has('t')) {
    throw refuse(
      'a part of it changes with t and has no parameter before it; multiply that part by one, as in "a*exp(-k*t)"',
    );
  }
  const bounded = linear.find((name) => bounds.has(name));
  if (bounded !== undefined) {
    throw refuse(`${bounded} is linear in it and is solved for, so it takes no bounds; leave them out`);
  }
  const shapeNames = names.filter((name) => !linear.includes(name));
  const evaluator = (of: MathNode): Evaluate => evaluatorOf(of, shapeNames);
  return {
    amplitudes: moving.map((name) => {
      const factor = derivatives.get(name) ?? node;
      return {
        name,
        value: evaluator(factor),
        slopes: shapeNames.map((shapeName) => evaluator(derive(factor, shapeName))),
      };
    }),
    shape: shapeNames.map((name) => ({
      name,
      role: parameterRole(node, name),
      bounds: bounds.get(name) ?? null,
    })),
  };
}

function parse(expression: string, offset: number, refuse: (why: string) => Error): MathNode {
  try {
    return math.parse(expression);
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/\s*\(char \d+\)/, '') : '';
    const char = error instanceof Error && 'char' in error && typeof error.char === 'number' ? error.char : 1;
    const remedies: readonly (readonly [RegExp, string])[] = [
      [/parenthesis \) expected/i, 'a ")" is missing; close the bracket'],
      [/unexpected operator \)/i, 'there is a ")" too many; take it out, or open its bracket'],
      [/end of expression/i, 'it ends where a value is due; finish it'],
      [/value expected/i, 'a number, a name or a bracket is due; put it there, and write powers with ^'],
    ];
    const [, why] = remedies.find(([pattern]) => pattern.test(message)) ?? [
      null,
      `${message}; write it with + - * / ^, brackets and ${functions.join(', ')}`,
    ];
    throw refuse(`at sign ${offset + char} ${why}`);
  }
}

/** Names that are neither t nor known, in the order in which they stand. */
function parameterNames(
  node: MathNode,
  expression: string,
  offset: number,
  refuse: (why: string) => Error,
): readonly string[] {
  const names: string[] = [];
  const place = (name: string): number => offset + expression.search(new RegExp(String.raw`\b${name}\b`)) + 1;
  node.traverse((part, path) => {
    const name = 'name' in part ? String(part.name) : '';
    if (part.type === 'FunctionNode') {
      if (functions.includes(name)) return;
      throw refuse(
        `"${name}" at sign ${place(name)} is none of the functions ${functions.join(', ')}; write it with these, or "${name}*(…)" for a product`,
      );
    }
    if (part.type === 'SymbolNode') {
      const isCalled = path === 'fn';
      if (!isCalled && functions.includes(name)) {
        throw refuse(`${name} at sign ${place(name)} is a function; write "${name}(…)"`);
      }
      if (!ownNames.has(name) && !names.includes(name)) names.push(name);
      return;
    }
    if (!['ConstantNode', 'OperatorNode', 'ParenthesisNode'].includes(part.type)) {
      throw refuse('only numbers, names, + - * / ^, brackets and functions can stand in it; take the rest out');
    }
    if (part.type === 'OperatorNode' && 'op' in part && !['+', '-', '*', '/', '^'].includes(String(part.op))) {
      throw refuse(`"${String(part.op)}" cannot stand in it; write it with + - * / ^`);
    }
  });
  if (!symbolsOf(node).has('t')) {
    throw refuse(
      'it does not use t, which goes from 0 at the first checkpoint to 1 at the last; write it as a curve of t',
    );
  }
  return names;
}

function symbolsOf(node: MathNode | undefined): Set<string> {
  const names = new Set<string>();
  node?.traverse((part) => {
    if (part.type === 'SymbolNode' && 'name' in part) names.add(String(part.name));
  });
  return names;
}

/** The formula with its linear parameters at zero, as far as products with them vanish. */
function substituteZeros(node: MathNode, linear: readonly string[]): MathNode {
  const zeroed = node.transform((part) =>
    part.type === 'SymbolNode' && 'name' in part && linear.includes(String(part.name)) ? math.parse('0') : part,
  );
  return math.simplify(zeroed);
}

function evaluatorOf(node: MathNode, shapeNames: readonly string[]): Evaluate {
  const code = node.compile();
  const scope = new Map<string, number>(Object.entries(constants));
  return (t, shape) => {
    scope.set('t', t);
    for (let k = 0; k < shapeNames.length; k++) scope.set(shapeNames[k] ?? '', shape[k] ?? Number.NaN);
    const value: unknown = code.evaluate(scope);
    return typeof value === 'number' ? value : Number.NaN;
  };
}
