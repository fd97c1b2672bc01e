/** One small picture of each type: the beginning of a file is all that the server looks at. */
import type { Picture } from '#protocol/messages';

const beginnings: Record<Picture['type'], Buffer> = {
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46]),
  'image/webp': Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1'),
};

const pictureOf = (type: Picture['type']): Picture => ({
  type,
  data: beginnings[type].toString('base64'),
});

export const pictures: Readonly<Record<Picture['type'], Picture>> = {
  'image/png': pictureOf('image/png'),
  'image/jpeg': pictureOf('image/jpeg'),
  'image/webp': pictureOf('image/webp'),
};
