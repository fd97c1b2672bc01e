import { describe, expect, it } from 'vitest';
import type { Picture } from '#protocol/messages';
import { ok } from '#protocol/result';
import type { SignalingPort } from '#main/calls/ports';
import { systemClock } from '#main/clock';
import { Directory } from '#main/session/directory';
import { People } from '#main/session/people';
import { pictureOf, pictures, pngBytes, webpBytes } from '../../../support/pictures';

/** A server that has one picture, whoever asks for whatever. */
function begin(picture: Picture | null): {
  readonly directory: Directory;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const request = (type: string): Promise<unknown> => {
    asked.push(type);
    return Promise.resolve(ok({ picture }));
  };
  const signaling = { request } as Pick<SignalingPort, 'request'>;
  const people = new People(signaling, systemClock);
  return { directory: new Directory({ signaling, people, tellHome: () => undefined }), asked };
}

describe('the picture of somebody', () => {
  it.each(Object.values(pictures))(
    'of type $type is handed on, and asked for once',
    async (picture) => {
      const { directory, asked } = begin(picture);
      expect(await directory.picture('anna', 'p1')).toEqual(picture);
      expect(await directory.picture('anna', 'p1')).toEqual(picture);
      expect(asked).toEqual(['picture.get']);
    },
  );

  it.each([
    ['unpacks to gigabytes', pictureOf('image/png', pngBytes(30_000, 30_000))],
    ['is a little too wide', pictureOf('image/webp', webpBytes.extended(1025, 1))],
    ['is of another type than it says', { ...pictures['image/png'], type: 'image/jpeg' as const }],
    ['is no picture', { type: 'image/png' as const, data: 'AAAA' }],
  ])('reaches no page when it %s, whatever the server made of it', async (_what, picture) => {
    expect(await begin(picture).directory.picture('anna', 'p1')).toBeNull();
  });
});
