// Makes every picture of the app from resources/icon.svg: icons of all sizes, for Windows and macOS in one file each, and
// the states of the tray. Run it after the drawing has changed. The runtime that shows the app paints them, so no other
// program is needed.
//
//   node scripts/icons.mjs

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumFlags, electronPath } from './electron.mjs';
import { ico, icns, marked } from './icons/containers.mjs';
import { appPictures, pictures } from './icons/drawings.mjs';
import { run } from './lib/children.mjs';
import { displayEnvironment } from './lib/display.mjs';
import { main, ROOT } from './lib/tools.mjs';

const RESOURCES = path.join(ROOT, 'resources');
const PAINTER = path.join(import.meta.dirname, 'icons', 'painter.mjs');

/** @param wanted {{svg: string, size: number}[]} @returns one PNG for each, with its mark */
async function paint(wanted) {
  const folder = mkdtempSync(path.join(tmpdir(), 'peal-icons-'));
  const display = await displayEnvironment(console.log);
  try {
    const jobs = wanted.map((job, n) => ({ ...job, file: path.join(folder, `${n}.png`) }));
    const list = path.join(folder, 'jobs.json');
    writeFileSync(list, JSON.stringify(jobs));
    const args = [...chromiumFlags(), `--user-data-dir=${folder}`, PAINTER, list];
    const code = await run(await electronPath(), args, { env: display.env });
    if (code !== 0) throw new Error(`the painter ended with code ${code}`);
    return jobs.map(({ file, svg }) => marked(readFileSync(file), svg));
  } finally {
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function save(file, content) {
  const target = path.join(RESOURCES, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

await main(async () => {
  const drawing = readFileSync(path.join(RESOURCES, 'icon.svg'), 'utf8');
  const files = pictures(drawing);
  const sizes = appPictures(drawing);
  const pngs = await paint([...files, ...sizes]);
  files.forEach(({ file }, n) => save(file, pngs[n]));
  const images = sizes.map(({ size }, n) => ({ size, png: pngs[files.length + n] }));
  save('icon.ico', ico(images.filter(({ size }) => size <= 256)));
  save('icon.icns', icns(images));
});
