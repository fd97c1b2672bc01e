// Every picture made from the one drawing of the bell, as an SVG and a size. Pure: what is painted is known without
// painting, so a test can tell whether the pictures in resources/ are those of the drawing.

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Below this the air around the square is left out: each pixel counts. */
const AIRY_FROM = 48;
const AIRY = '0 0 512 512';
const TIGHT = '16 16 480 480';

/**
 * What the tray can show. Each has a shape of its own, so that nobody needs the colours, and a ground that is seen on a
 * light and on a dark panel.
 */
const GROUND = {
  online: null,
  offline: '#6b7280',
  quiet: '#5b3fa8',
  ringing: '#c2410c',
  'in-call': '#157a3f',
  missed: null,
};
const TRAY_SIZE = 24;
const SCALES = [1, 2];

const SLASH = 'M104 104L408 408';
/** Sound on both sides of the bell. */
const WAVES = 'M84 176A150 150 0 0 0 84 336M428 176A150 150 0 0 1 428 336';
/** The night: a moon. */
const MOON = 'M318 96A168 168 0 1 0 416 312A136 136 0 0 1 318 96Z';
/** A receiver: from the ear to the mouth. */
const RECEIVER = 'M176 142C160 250 262 352 370 336';
const EAR = 'M142 176L206 112';
const MOUTH = 'M336 370L400 306';

function element(drawing, id, tag) {
  const found = new RegExp(`<${tag} id="${id}"(?:[^>]*/>|[\\s\\S]*?</${tag}>)`).exec(drawing)?.[0];
  if (!found) throw new Error(`icon.svg has no ${tag} with the id ${id}`);
  return found;
}

const svg = (viewBox, ...parts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">${parts.join('')}</svg>`;

const line = (path, colour, width) =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`;

/** The bell made smaller around its middle, to leave room beside it. */
const smaller = (bell, factor) =>
  `<g transform="translate(256 256) scale(${factor}) translate(-256 -256)">${bell}</g>`;

function appPicture(drawing, size) {
  return drawing.replace(AIRY, size < AIRY_FROM ? TIGHT : AIRY);
}

const receiver = (colour) =>
  line(RECEIVER, colour, 60) + line(EAR, colour, 84) + line(MOUTH, colour, 84);

const disc = (colour, radius) => `<circle cx="386" cy="126" r="${radius}" fill="${colour}"/>`;

function trayPicture(drawing, state) {
  const bell = element(drawing, 'bell', 'g');
  const colour = GROUND[state];
  const ground = element(drawing, 'ground', 'rect');
  const parts = {
    online: [bell],
    offline: [
      bell.replaceAll('#ffc83d', '#ffffff'),
      line(SLASH, colour, 92),
      line(SLASH, '#fff', 40),
    ],
    quiet: [`<path d="${MOON}" fill="#ffffff"/>`],
    ringing: [smaller(bell, 0.74), line(WAVES, '#ffffff', 36)],
    'in-call': [receiver('#ffffff')],
    missed: [bell, disc('#ffffff', 122), disc('#d0202c', 94)],
  }[state];
  const [sky = ''] = /<defs>[\s\S]*<\/defs>/.exec(drawing) ?? [];
  const tinted = colour ? ground.replace(/fill="[^"]*"/, `fill="${colour}"`) : ground;
  return svg(TIGHT, sky, tinted, ...parts);
}

/** For macOS, which colours it itself: only what is covered counts. */
function templatePicture(drawing, state) {
  const bell = element(drawing, 'bell', 'g').replaceAll(/fill="#\w+"/g, 'fill="#000000"');
  const without = (hole) =>
    `<mask id="cut"><rect width="512" height="512" fill="#fff"/>${hole}</mask><g mask="url(#cut)">${bell}</g>`;
  const parts = {
    online: [bell],
    offline: [without(line(SLASH, '#000', 92)), line(SLASH, '#000000', 40)],
    quiet: [`<path d="${MOON}" fill="#000000"/>`],
    ringing: [smaller(bell, 0.8), line(WAVES, '#000000', 36)],
    'in-call': [receiver('#000000')],
    missed: [without(disc('#000', 122)), disc('#000000', 94)],
  }[state];
  return svg('32 32 448 448', ...parts);
}

/** The pictures of the app itself, by size. */
export function appPictures(drawing) {
  return SIZES.map((size) => ({ size, svg: appPicture(drawing, size) }));
}

/** Every PNG of its own below resources/. */
export function pictures(drawing) {
  const app = appPictures(drawing)
    .filter(({ size }) => size <= 512)
    .map(({ size, svg }) => ({ file: `icons/${size}x${size}.png`, size, svg }));
  const tray = Object.keys(GROUND).flatMap((state) =>
    SCALES.flatMap((scale) => {
      const end = scale === 1 ? '.png' : `@${scale}x.png`;
      return [
        {
          file: `tray/tray-${state}${end}`,
          size: TRAY_SIZE * scale,
          svg: trayPicture(drawing, state),
        },
        {
          file: `tray/tray-${state}Template${end}`,
          size: 18 * scale,
          svg: templatePicture(drawing, state),
        },
      ];
    }),
  );
  return [...app, ...tray];
}
