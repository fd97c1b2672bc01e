import { describe, expect, it } from 'vitest';
import { LinkIdentity } from '#renderer/media/link-identity';
import { type LinkPayload, noLinkId } from '#renderer/media/link-payload';

const fresh: LinkPayload = { type: 'offer', n: 1, fresh: true, sdp: '' };
const restart: LinkPayload = { type: 'offer', n: 2, fresh: false, sdp: '' };
const answer: LinkPayload = { type: 'answer', n: 1, sdp: '' };
const candidate: LinkPayload = { type: 'candidate', candidate: '', mid: '0', line: 0 };
const channel: LinkPayload = { type: 'channel', id: 1 };
const request: LinkPayload = { type: 'link.request', want: 'rebuild' };
const all = { fresh, restart, answer, candidate, channel, request };

/** What each payload is taken for under this id, `-` for stale. */
function judged(identity: LinkIdentity, id: string): string {
  const marks = { expected: '+', 'unknown-link': '?', stale: '-' };
  return Object.entries(all)
    .map(([name, payload]) => `${name}${marks[identity.judge(id, payload)]}`)
    .join(' ');
}

describe('LinkIdentity', () => {
  it.each([
    ['offerer', 'l2', 'fresh- restart- answer+ candidate+ channel+ request+'],
    ['offerer', 'l1', 'fresh- restart- answer- candidate- channel- request-'],
    ['offerer', 'foreign', 'fresh- restart- answer- candidate- channel- request-'],
    ['offerer', noLinkId, 'fresh- restart- answer- candidate- channel- request+'],
    ['answerer', 'l2', 'fresh+ restart+ answer- candidate+ channel+ request-'],
    ['answerer', 'l1', 'fresh- restart- answer- candidate- channel- request-'],
    ['answerer', 'foreign', 'fresh+ restart? answer- candidate- channel- request-'],
    ['answerer', noLinkId, 'fresh- restart- answer- candidate- channel- request-'],
  ] as const)('of an %s on its second peer judges what names %s', (role, id, expected) => {
    const identity = new LinkIdentity(role);
    identity.replace('l1');
    identity.replace('l2');
    expect(judged(identity, id)).toBe(expected);
  });

  it.each([
    ['offerer', 'any', 'fresh- restart- answer- candidate- channel- request-'],
    ['offerer', noLinkId, 'fresh- restart- answer- candidate- channel- request+'],
    ['answerer', 'any', 'fresh+ restart? answer- candidate- channel- request-'],
    ['answerer', noLinkId, 'fresh- restart- answer- candidate- channel- request-'],
  ] as const)('of an %s without a peer judges what names %s', (role, id, expected) => {
    expect(judged(new LinkIdentity(role), id)).toBe(expected);
  });

  it('remembers only so many replaced ids', () => {
    const identity = new LinkIdentity('answerer');
    for (let at = 0; at <= 20; at += 1) identity.replace(`l${at}`);
    expect(identity.judge('l19', fresh)).toBe('stale');
    expect(identity.judge('l0', fresh)).toBe('expected');
  });
});
