import { describe, expect, it } from 'vitest';
import type { Picture, Presence } from '#protocol/messages';
import { err, ok } from '#protocol/result';
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

describe('how people are', () => {
  const presenceOf = (userId: string, availability: Presence['availability']): Presence => ({
    ...{ userId, availability },
  });

  /** A server on which everybody asked for is online. */
  function watching() {
    const asked: (readonly string[])[] = [];
    const told: unknown[] = [];
    const server = { isThere: true };
    const request = (_type: string, { userIds }: { userIds: readonly string[] }) => {
      asked.push(userIds);
      const presence = userIds.map((userId) => presenceOf(userId, 'online'));
      return Promise.resolve(server.isThere ? ok({ presence }) : err('offline'));
    };
    const signaling = { request } as unknown as Pick<SignalingPort, 'request'>;
    const people = new People(signaling, systemClock);
    const directory = new Directory({
      ...{ signaling, people },
      tellHome: (channel, payload) => told.push([channel, payload]),
    });
    return { directory, asked, told, server };
  }

  it('is asked for home and for a dialog of a call at once: neither takes the other its people', async () => {
    const { directory, asked } = watching();
    await directory.watch(['anna', 'bao']);
    expect(await directory.lookAt(['bao', 'chen'])).toEqual(
      ok([presenceOf('bao', 'online'), presenceOf('chen', 'online')]),
    );
    await directory.watch(['anna']);
    await directory.lookAt([]);
    expect(asked).toEqual([
      ...[
        ['anna', 'bao'],
        ['anna', 'bao', 'chen'],
      ],
      ...[['anna', 'bao', 'chen'], ['anna']],
    ]);
  });

  it('is said to the dialog as it was told last, without another question', async () => {
    const { directory, asked } = watching();
    await directory.lookAt(['chen']);
    directory.notePresence([presenceOf('chen', 'in-call')]);
    expect(await directory.lookAt(['chen'])).toEqual(ok([presenceOf('chen', 'in-call')]));
    expect(asked).toHaveLength(1);
  });

  it('is asked again after a new sign-in, and by the dialog when nobody answered', async () => {
    const { directory, asked, server } = watching();
    server.isThere = false;
    expect(await directory.lookAt(['chen'])).toEqual(err('offline'));
    server.isThere = true;
    expect(await directory.lookAt(['chen'])).toEqual(ok([presenceOf('chen', 'online')]));
    directory.handleWelcome();
    expect(asked).toEqual([['chen'], ['chen'], ['chen']]);
  });
});
