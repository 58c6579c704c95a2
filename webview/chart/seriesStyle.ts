import type { Role } from '../../src/core/runs/run.ts';

/** Shape doubles colour: circles for the solver, diamonds for the verifier, squares for the gap; dashes differ too. */
interface SeriesStyle {
  readonly pointStyle: 'circle' | 'rectRot' | 'rect';
  /** Radius of a mark, so that the shapes weigh alike. */
  readonly radius: number;
  readonly dash: readonly [number, number];
}

export const seriesStyle: Readonly<Record<Role, SeriesStyle>> = {
  solver: { pointStyle: 'circle', radius: 3.5, dash: [6, 4] },
  verifier: { pointStyle: 'rectRot', radius: 4.5, dash: [4, 3] },
  gap: { pointStyle: 'rect', radius: 4, dash: [2, 3] },
  none: { pointStyle: 'circle', radius: 3.5, dash: [6, 4] },
};

const outlines: Readonly<Record<SeriesStyle['pointStyle'], string>> = {
  circle: 'M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0 -8Z',
  rectRot: 'M6 1l5 5l-5 5l-5 -5Z',
  rect: 'M2.5 2.5h7v7h-7Z',
};

/** The mark of a role as a small picture beside words. */
export function roleMark(role: Role): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('viewBox', '0 0 12 12');
  picture.setAttribute('class', `mark ${role}`);
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', outlines[seriesStyle[role].pointStyle]);
  picture.append(path);
  return picture;
}
