// Draws resources/icon.png from resources/icon.svg; run it after the drawing has changed. The runtime that shows the app
// draws it, so no other program is needed.

import path from 'node:path';
import { chromiumFlags, electronPath } from './electron.mjs';
import { run } from './lib/children.mjs';
import { displayEnvironment } from './lib/display.mjs';
import { ROOT } from './lib/tools.mjs';

const SIZE = 512;
const drawing = path.join(ROOT, 'resources', 'icon.svg');
const picture = path.join(ROOT, 'resources', 'icon.png');
const painter = path.join(import.meta.dirname, 'icons', 'painter.mjs');

const display = await displayEnvironment(console.log);
try {
  const args = [...chromiumFlags(), painter, drawing, picture, String(SIZE)];
  process.exitCode = await run(await electronPath(), args, { env: display.env });
} finally {
  await display.stop();
}
