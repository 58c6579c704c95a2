const space = 'http://www.w3.org/2000/svg';
const gridLines = [10, 52, 94, 136, 178];

/** The outline of a chart: a grid and one curve that relaxes, in the colour of hairlines. */
export function chartSkeleton(): SVGSVGElement {
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('class', 'skeleton');
  picture.setAttribute('viewBox', '0 0 400 190');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  const line = (d: string, name: string): void => {
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', d);
    path.setAttribute('class', name);
    picture.append(path);
  };
  for (const y of gridLines) line(`M0 ${y}H400`, 'grid');
  line('M4 20C30 110 80 132 190 146', 'curve');
  line('M190 146C260 154 330 158 400 160', 'curve ahead');
  return picture;
}
