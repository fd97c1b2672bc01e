/** All photographs on one page: a row for each scene. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Photo } from './camera';

const style = `
  body { margin: 24px; background: #777; color: #fff; font: 14px/1.4 sans-serif; }
  section { display: flex; flex-wrap: wrap; align-items: start; gap: 16px; margin-bottom: 32px; }
  h2 { width: 100%; margin: 0; font-size: 18px; }
  figure { margin: 0; }
  img { display: block; width: 400px; }`;

const figure = ({ file, variant }: Photo): string =>
  `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${variant}</figcaption></figure>`;

export function writeSheet(folder: string, photos: readonly Photo[]): void {
  const scenes = [...new Set(photos.map(({ scene }) => scene))].toSorted();
  const rows = scenes.map((scene) => {
    const own = photos.filter((photo) => photo.scene === scene);
    return `<section><h2>${scene}</h2>${own.map(figure).join('')}</section>`;
  });
  const head = `<!doctype html><meta charset="utf-8"><title>Peal</title><style>${style}</style>`;
  writeFileSync(join(folder, 'index.html'), head + rows.join('\n'));
}
