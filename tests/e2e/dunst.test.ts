/** A notification server that people really have; whatever else the app does with one is in desktop.test.ts. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../support/child';
import { Dunst } from '../support/dunst';
import { chen } from '../support/people';
import { RawClient } from '../support/raw-client';
import { waitFor } from '../support/wait';
import { openTeam, type Team } from './calls/team';

let team: Team;
let dunst: Dunst | undefined;
beforeAll(async () => {
  team = await openTeam(['bao'], {
    withPictures: true,
    around: {
      bao: async (...desktop) => {
        dunst = await Dunst.start(...desktop);
        return dunst;
      },
    },
  });
});
afterAll(() => team.close());

it('dunst shows the caller’s words, and a click on them leads to the call', async () => {
  const shown = dunst ?? expect.fail('dunst does not run');
  const baos = team.desk('bao');
  const { display } = baos;
  const { id } = await display.waitForWindow('Peal');
  await run('xdotool', ['windowminimize', '--sync', id], display.env);
  const { client } = await RawClient.signedIn(
    team.server.url,
    { kind: 'password', userId: chen.userId, password: chen.password },
    'chen-program',
  );
  const push = { callTitle: 'Stand-up', callContent: 'Come <b>now</b> & listen' };
  await client.request('call.start', { targetId: 'bao', mediaType: 2, push });

  const bubble = await shown.urgentBubble();
  expect(await shown.count('displayed')).toBe(1);
  await baos.incoming();
  expect((await display.windows()).map(({ title }) => title)).not.toContain('Peal');
  await baos.picture('dunst');
  await shown.click(bubble);
  await display.waitForWindow('Peal');
  const active = async (): Promise<string> =>
    (await run('xdotool', ['getactivewindow'], display.env)).trim();
  await waitFor(async () => Number(await active()) === Number(id), { what: 'home in front' });
  const home = await baos.home();
  await home
    .getByText(/Chen Wu/)
    .first()
    .waitFor();
  await baos.incoming();
  expect(await shown.history()).toEqual([
    {
      appname: 'Peal',
      summary: 'Chen Wu: Stand-up',
      body: 'Come &lt;b&gt;now&lt;/b&gt; &amp; listen',
    },
  ]);
  await client.close();
});
