// Runs in Electron: paints drawings onto a canvas and saves them as PNG.
//
//   electron painter.mjs jobs.json      [{ svg, size, file }, …]

import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow } from 'electron';

const jobs = JSON.parse(readFileSync(process.argv.at(-1), 'utf8'));

/** Runs in the page. */
async function paint(svg, size) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d').drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png');
}

async function main() {
  await app.whenReady();
  const window = new BrowserWindow({ show: false });
  await window.loadURL('about:blank');
  for (const { svg, size, file } of jobs) {
    const call = `(${paint})(${JSON.stringify(svg)}, ${size})`;
    const url = await window.webContents.executeJavaScript(call);
    writeFileSync(file, Buffer.from(url.split(',')[1], 'base64'));
  }
  app.quit();
}
// Not awaited here: Electron is not ready before this module has finished.
void main();
