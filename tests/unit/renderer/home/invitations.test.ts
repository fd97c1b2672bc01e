import { describe, expect, it } from 'vitest';
import type { Invitation } from '#common/ipc';
import type { InviteProblem } from '#common/problems';
import { type Result, err, ok } from '#protocol/result';
import { invitations } from '../../../../renderer/home/stores/invitations';

const link = (code: string): Invitation => ({ link: `peal:join?code=${code}`, expiresAt: 1 });

function openInvitations(
  addresses: readonly string[],
  ...answers: Result<Invitation, InviteProblem>[]
) {
  const asked: string[] = [];
  const made = invitations({
    inviteAddresses: () => Promise.resolve(addresses),
    createInvite: ({ address }) => {
      asked.push(address);
      return Promise.resolve(answers.shift() ?? err('server-error'));
    },
  });
  return { ...made, asked };
}

describe('a link for a colleague', () => {
  it('leads to the likeliest address unless another one is chosen', async () => {
    const lan = openInvitations(['192.168.1.7', '127.0.0.1'], ok(link('a')), ok(link('b')));
    await lan.load();
    await lan.make();
    expect([lan.asked, lan.made.value]).toEqual([['192.168.1.7'], link('a')]);
    lan.choose('127.0.0.1');
    expect(lan.made.value).toBe(null);
    await lan.make();
    expect([lan.asked.at(-1), lan.made.value]).toEqual(['127.0.0.1', link('b')]);
  });

  it('is made once, however often it is clicked: each one counts on the server', async () => {
    const { load, make, asked } = openInvitations(['here'], ok(link('a')), ok(link('b')));
    await load();
    await Promise.all([make(), make()]);
    expect(asked).toEqual(['here']);
  });

  it('is not there after a failure, which is told', async () => {
    const { load, make, made, problem } = openInvitations(['here'], ok(link('a')), err('too-many'));
    await load();
    await make();
    await make();
    expect([made.value, problem.value]).toEqual([null, 'too-many']);
  });

  it('needs a connection: without any address nothing is asked', async () => {
    const { load, make, problem, asked } = openInvitations([]);
    await load();
    await make();
    expect([problem.value, asked]).toEqual(['offline', []]);
  });
});
