// Runs in Electron: paints an SVG file onto a canvas and saves it as PNG.
//
//   electron painter.mjs drawing.svg picture.png size

import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow } from 'electron';

const [drawing, picture, size] = process.argv.slice(-3);
const source = `data:image/svg+xml;base64,${readFileSync(drawing).toString('base64')}`;
const paint = `(async () => {
  const image = new Image(${size}, ${size});
  image.src = ${JSON.stringify(source)};
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} });
  canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
  return canvas.toDataURL('image/png');
})()`;

async function main() {
  await app.whenReady();
  const window = new BrowserWindow({ show: false });
  await window.loadURL('about:blank');
  const url = await window.webContents.executeJavaScript(paint);
  writeFileSync(picture, Buffer.from(url.split(',')[1], 'base64'));
  app.quit();
}
// Not awaited here: Electron is not ready before this module has finished.
void main();
