/** How often a part of a real screen shows something new: seen past the program that draws it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Display } from './display';

const execute = promisify(execFile);

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** More often than pictures come, so that none is missed when one look is late. */
const looksPerSecond = 40;
/** A bright bar moves by some columns with every picture; what a codec makes of a still one is less. */
const leastChange = { brightness: 40, pixels: 12 };

/** New pictures a second in each of the areas, all seen at the same time. */
export async function picturesPerSecond(
  display: Display,
  areas: readonly Area[],
  seconds = 2,
): Promise<readonly number[]> {
  const all = boundsOf(areas);
  const frames = await film(display, all, seconds);
  return areas.map((area) => {
    const inside = { ...area, x: area.x - all.x, y: area.y - all.y };
    const isNew = (frame: Buffer, at: number): boolean =>
      at > 0 && differs(frames[at - 1] ?? frame, frame, inside, all.width);
    return frames.filter(isNew).length / seconds;
  });
}

function boundsOf(areas: readonly Area[]): Area {
  const x = Math.min(...areas.map((area) => area.x));
  const y = Math.min(...areas.map((area) => area.y));
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const below = Math.max(...areas.map((area) => area.y + area.height));
  return { x, y, width: right - x, height: below - y };
}

/** One byte of brightness for each pixel. */
async function film(display: Display, area: Area, seconds: number): Promise<readonly Buffer[]> {
  const { x, y, width, height } = area;
  const input = ['-f', 'x11grab', '-draw_mouse', '0', '-framerate', String(looksPerSecond)];
  const place = ['-video_size', `${width}x${height}`, '-i', `${display.name}.0+${x},${y}`];
  const output = ['-t', String(seconds), '-fps_mode', 'passthrough', '-pix_fmt', 'gray'];
  const form = ['-f', 'rawvideo', '-'];
  const { stdout } = await execute(
    'ffmpeg',
    ['-nostdin', '-loglevel', 'error', ...input, ...place, ...output, ...form],
    {
      encoding: 'buffer',
      timeout: (seconds + 15) * 1_000,
      maxBuffer: (seconds + 1) * looksPerSecond * width * height,
      env: { ...process.env, ...display.env },
    },
  );
  const size = width * height;
  return Array.from({ length: Math.floor(stdout.length / size) }, (_, at) =>
    stdout.subarray(at * size, (at + 1) * size),
  );
}

function differs(former: Buffer, now: Buffer, area: Area, rowLength: number): boolean {
  let changed = 0;
  for (let y = area.y; y < area.y + area.height; y += 4) {
    for (let x = area.x; x < area.x + area.width; x += 1) {
      const at = y * rowLength + x;
      if (Math.abs((former[at] ?? 0) - (now[at] ?? 0)) > leastChange.brightness) changed += 1;
      if (changed > leastChange.pixels) return true;
    }
  }
  return false;
}
