import { describe, expect, it } from 'vitest';
import type { InviteProblem } from '#common/problems';
import type { ResultOf } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { EmbeddedOpened, Place } from '#main/session/ports';
import { Invitations } from '#main/session/invitations';

const key = 'k'.repeat(43);
const code = { code: 'c1', expiresAt: 7 };
const inside = { server: 'localhost', url: 'ws://127.0.0.1:4000/ws', embeddedName: 'Anna' };
const outside = { server: 'a.example', url: 'wss://a.example/ws' };

type Made = Result<ResultOf<'invite.create'>, InviteProblem>;

function bench(place: Place | null, made: Made = ok(code)) {
  const done: string[] = [];
  let opened: Result<EmbeddedOpened, 'embedded-failed'> = ok({ port: 4443, keyHash: key });
  const invite = (): Promise<Made> => {
    done.push('invite');
    return Promise.resolve(made);
  };
  const invitations = new Invitations({
    keeper: { place, session: place && { invite } },
    embedded: {
      open: () => {
        done.push('open');
        return Promise.resolve(opened);
      },
    },
    lanAddresses: () => ['192.168.1.5', '10.8.0.2'],
  });
  return { invitations, done, failToOpen: () => (opened = err('embedded-failed')) };
}

const linkTo = (server: string, pin = '') =>
  ok({ link: `peal:join?server=${encodeURIComponent(server)}&code=c1${pin}`, expiresAt: 7 });

describe('invitations to the server inside the app', () => {
  it('lead to this machine in its network first, and at last to this computer alone', () => {
    expect(bench(inside).invitations.addresses()).toEqual([
      ...['192.168.1.5', '10.8.0.2', '127.0.0.1'],
    ]);
  });

  it('open it to the network, and carry the key that it has there', async () => {
    const { invitations, done } = bench(inside);
    expect(await invitations.create('192.168.1.5')).toEqual(
      linkTo('wss://192.168.1.5:4443', `&key=${key}`),
    );
    expect(done).toEqual(['open', 'invite']);
  });

  it('do not open it for somebody on this computer', async () => {
    const { invitations, done } = bench(inside);
    expect(await invitations.create('127.0.0.1')).toEqual(linkTo('ws://127.0.0.1:4000'));
    expect(done).toEqual(['invite']);
  });

  it('cost no code when it cannot be opened', async () => {
    const { invitations, done, failToOpen } = bench(inside);
    failToOpen();
    expect(await invitations.create('192.168.1.5')).toEqual(err('embedded-failed'));
    expect(done).toEqual(['open']);
  });

  it('are not made for an address that was not offered', async () => {
    const { invitations, done } = bench(inside);
    expect(await invitations.create('203.0.113.9')).toEqual(err('server-error'));
    expect(done).toEqual([]);
  });
});

describe('invitations to a team’s server', () => {
  it('lead to where this account reached it', async () => {
    const { invitations } = bench(outside);
    expect(invitations.addresses()).toEqual(['a.example']);
    expect(await invitations.create('a.example')).toEqual(linkTo('wss://a.example'));
  });

  it('lead to where the server says, with the key that it says', async () => {
    const address = 'wss://public.example:4001';
    const { invitations } = bench(outside, ok({ ...code, address, keyHash: key }));
    expect(await invitations.create('a.example')).toEqual(linkTo(address, `&key=${key}`));
  });

  it('carry no key where nothing could be compared with it', async () => {
    const loopback = { server: 'localhost:4000', url: 'ws://localhost:4000/ws' };
    const { invitations } = bench(loopback, ok({ ...code, keyHash: key }));
    expect(await invitations.create('localhost:4000')).toEqual(linkTo('ws://localhost:4000'));
  });

  it('are refused in the words of the server', async () => {
    const { invitations } = bench(outside, err('not-allowed'));
    expect(await invitations.create('a.example')).toEqual(err('not-allowed'));
  });
});

it('nobody is invited by somebody who is not signed in', async () => {
  const { invitations } = bench(null);
  expect(invitations.addresses()).toEqual([]);
  expect(await invitations.create('a.example')).toEqual(err('offline'));
});
