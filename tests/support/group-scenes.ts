/** Commands to calls of several that meet: whoever was first, nobody rings twice, is lost, or talks to nobody. */
import assert from 'node:assert/strict';
import { EndReason } from '#protocol/end-reason';
import { isPresent } from '#server/calls/rules/legs';
import type { Act } from './meeting-commands';
import type { After, Cast, Scene } from './meeting-scenes';

const call = 'anna-group';

/** Anna and bao talk, in a call of several. */
const two = (cast: Cast): Act[] => [cast.startGroup('anna', ['bao']), ...cast.answer('bao', call)];

/** And cem has been there. */
const twoOfThree = (cast: Cast): Act[] => [
  cast.startGroup('anna', ['bao', 'cem']),
  ...cast.answer('bao', call),
  ...cast.answer('cem', call),
  cast.leave('cem', 'desk', call),
];

/** Anna and bao talk, the two of them. */
const privately = (cast: Cast): Act[] => [
  cast.start('anna', 'desk', 'bao'),
  ...cast.answer('bao', 'anna-bao'),
];

/** Who is in it or may come, without what makes the names of this run its own. */
function present({ cast, call: find }: After, name = call): string[] {
  const legs = find(name)?.legs.filter(isPresent) ?? [];
  const names = ['anna', 'bao', 'cem', 'dora'];
  return legs.map((leg) => names.find((one) => cast.id(one) === leg.userId) ?? '').toSorted();
}

/** It goes on with these, or it has ended, and then the later command was told. */
function goesOnOrTold(after: After, name: string, withWhom: readonly string[]): void {
  if (after.call(name)?.endedAt === undefined) {
    assert.deepEqual([present(after, name), after.errors], [withWhom, []]);
  } else {
    assert.deepEqual([present(after, name), after.errors], [[], ['call-ended']]);
  }
}

export const groupScenes: readonly Scene[] = [
  {
    title: 'two invitations of the same person: one ring',
    before: two,
    acts: (cast) => [
      cast.ask('invite', 'anna', 'dora', call),
      cast.ask('invite', 'bao', 'dora', call),
    ],
    check: (after) => {
      assert.deepEqual(after.errors, []);
      assert.deepEqual(present(after), ['anna', 'bao', 'dora']);
    },
  },
  {
    title: 'an invitation and the leave of the last: a ring, or an end of which the asker is told',
    before: two,
    acts: (cast) => [cast.ask('invite', 'anna', 'dora', call), cast.leave('bao', 'desk', call)],
    check: (after) => {
      goesOnOrTold(after, call, ['anna', 'dora']);
      assert.equal(after.leg(call, 'bao')?.reason, EndReason.HANGUP);
    },
  },
  {
    title: 'somebody who comes back and the end: in it, or told that it is over',
    before: twoOfThree,
    acts: (cast) => [cast.enter('cem', call), cast.leave('bao', 'desk', call)],
    check: (after) => goesOnOrTold(after, call, ['anna', 'cem']),
  },
  {
    title: 'somebody who comes back while they are asked in again: one part in the call',
    before: twoOfThree,
    acts: (cast) => [cast.enter('cem', call), cast.ask('invite', 'anna', 'cem', call)],
    check: (after) => {
      assert.deepEqual(after.errors, []);
      assert.deepEqual(present(after), ['anna', 'bao', 'cem']);
      assert.equal(after.leg(call, 'cem')?.state, 'claimed');
    },
  },
  {
    title: 'an extension and a hang-up: a third person rings, or the two are done',
    before: privately,
    acts: (cast) => [
      cast.ask('extend', 'anna', 'cem', 'anna-bao'),
      cast.leave('bao', 'desk', 'anna-bao'),
    ],
    check: (after) => goesOnOrTold(after, 'anna-bao', ['anna', 'cem']),
  },
  {
    title: 'extensions from both ends: one call of four',
    before: privately,
    acts: (cast) => [
      cast.ask('extend', 'anna', 'cem', 'anna-bao'),
      cast.ask('extend', 'bao', 'dora', 'anna-bao'),
    ],
    check: (after) => {
      assert.deepEqual(after.errors, []);
      assert.equal(after.call('anna-bao')?.kind, 'group');
      assert.deepEqual(present(after, 'anna-bao'), ['anna', 'bao', 'cem', 'dora']);
    },
  },
  {
    title: 'two people who call each other with others: the later one is told of the ring',
    before: () => [],
    acts: (cast) => [
      cast.startGroup('anna', ['bao', 'cem']),
      cast.startGroup('bao', ['anna', 'dora']),
    ],
    check: (after) => {
      assert.deepEqual(after.errors, ['call-exists']);
      const first = after.accepted[0]?.startsWith('anna') ? 'anna' : 'bao';
      const rung = first === 'anna' ? ['anna', 'bao', 'cem'] : ['anna', 'bao', 'dora'];
      assert.deepEqual(present(after, `${first}-group`), rung);
    },
  },
  {
    title: 'two people who call the same third with others: one ring, and busy in the other call',
    before: () => [],
    acts: (cast) => [cast.startGroup('anna', ['cem', 'bao']), cast.startGroup('dora', ['cem'])],
    check: ({ errors, leg }) => {
      assert.deepEqual(errors, []);
      const reasons = [leg(call, 'cem')?.reason, leg('dora-group', 'cem')?.reason];
      assert.deepEqual(new Set(reasons), new Set([undefined, EndReason.BUSY_LINE]));
    },
  },
];
