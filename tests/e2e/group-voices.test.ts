/**
 * Four people at four desks, each with a voice of one tone: whoever is in a call of several hears exactly the others, at
 * the loudspeaker outside of the app, however people come and go. The flows are those of docs/call-spec.md.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { anna, bao, chen, dora, emil } from '../support/people';
import {
  add,
  answer,
  callInGroup,
  callTogether,
  groupWindow,
  hearExactlyEachOther,
  makeGroup,
  shows,
  tileOf,
} from './calls/group';
import {
  type Seat,
  microphonesAreOff,
  nothingHeard,
  press,
  says,
  talk,
  voiceOf,
} from './calls/team';
import { useTeam } from './calls/use-team';

/** Long enough for everybody to answer on a busy machine, short enough to see its end. */
const ringSeconds = 20;

describe('a call of several people', () => {
  // Emil has no desk: it would ring there, and nobody answers.
  const team = useTeam(['anna', 'bao', 'chen', 'dora'], {
    others: [dora, emil],
    config: { ringSeconds },
  });
  let annas: Desk;
  let baos: Desk;
  let chens: Desk;
  let doras: Desk;
  beforeAll(async () => {
    annas = team.desk('anna');
    baos = team.desk('bao');
    chens = team.desk('chen');
    doras = team.desk('dora');
    await makeGroup(team, 'Design', [anna, bao, chen, dora, emil]);
  });

  const hear = (...seats: readonly Seat[]): Promise<void> => hearExactlyEachOther(team, seats);

  it('goes on with whoever is there: who accepts, declines, does not answer, leaves, is asked in', async () => {
    const atAnna = await callInGroup(annas, { name: 'Design', members: [bao, chen, dora, emil] });
    const unreached = 'Emil Roth: Not reachable yet';
    const ringing = [
      ...['Bao Chen', 'Chen Wu', 'Dora Klein'].map((name) => `${name}: Ringing…`),
      unreached,
    ];
    await shows(atAnna, ['Anna Li (you)', ...ringing]);
    await annas.display.waitForWindow('Design');
    const [, , card] = await Promise.all([baos.incoming(), chens.incoming(), doras.incoming()]);
    expect(await card.getByRole('alertdialog').textContent()).toContain('Design');
    await doras.picture('group-ring');

    const atBao = await answer(baos);
    await shows(atBao, ['Anna Li', 'Bao Chen (you)', ...ringing.slice(1)]);
    await hear('anna', 'bao');
    await press(card, 'Decline');
    await atAnna.getByText('Dora Klein declined').waitFor();
    await shows(atAnna, ['Anna Li (you)', 'Bao Chen', 'Chen Wu: Ringing…', unreached]);

    const atChen = await answer(chens);
    await hear('anna', 'bao', 'chen');
    await chens.picture('group-call');
    await press(atChen, 'Hang up');
    await chens.waitForNoCall();
    await Promise.all([hear('anna', 'bao'), nothingHeard(chens), microphonesAreOff(chens)]);

    await add(atBao, dora);
    await atAnna.getByText('Bao Chen has invited Dora Klein').waitFor();
    await tileOf(atAnna, dora).getByText('Ringing…').waitFor();
    const atDora = await answer(doras);
    await hear('anna', 'bao', 'dora');
    // By then Emil has not answered.
    await shows(atAnna, ['Anna Li (you)', 'Bao Chen', 'Dora Klein'], ringSeconds * 1_000);
    await shows(atDora, ['Anna Li', 'Bao Chen', 'Dora Klein (you)']);

    await press(atAnna, 'Hang up');
    await Promise.all([hear('bao', 'dora'), annas.waitForNoCall()]);
    await Promise.all([says(atDora, /Everyone else has left/), press(atBao, 'Hang up')]);
    await Promise.all([baos.waitForNoCall(), doras.waitForNoCall()]);
    expect(await team.server.reasons(5)).toEqual({ anna: 3, bao: 3, chen: 3, dora: 13, emil: 5 });
  });

  it('comes of a call of two that is extended, and has whoever crashed back in it', async () => {
    const { calling, answered } = await talk(annas, baos, {
      from: voiceOf('anna'),
      to: voiceOf('bao'),
    });
    await add(calling, chen);
    await shows(answered, ['Anna Li', 'Bao Chen (you)', 'Chen Wu: Ringing…']);
    const atChen = await answer(chens);
    await hear('anna', 'bao', 'chen');
    await shows(atChen, ['Anna Li', 'Bao Chen', 'Chen Wu (you)']);
    await chens.kill();
    await hear('anna', 'bao');
    await chens.start();
    const home = await chens.home();
    await home.getByText(/You are still in a call with Anna Li and Bao Chen/).waitFor();
    await press(home, 'Return');
    const again = await groupWindow(chens);
    // Nobody knows any more whether Chen was muted: that is for Chen to say.
    await press(again, 'Unmute');
    await hear('anna', 'bao', 'chen');
    await shows(answered, ['Anna Li', 'Bao Chen (you)', 'Chen Wu']);
  });

  it('of one’s group is seen in home, and joined without an invitation', async () => {
    const atBao = await callInGroup(baos, { name: 'Design', members: [chen] });
    await answer(chens);
    await press(await doras.home(), 'Join the call in Design');
    const atDora = await groupWindow(doras);
    await hear('bao', 'chen', 'dora');
    await shows(atBao, ['Bao Chen (you)', 'Chen Wu', 'Dora Klein']);
    await shows(atDora, ['Bao Chen', 'Chen Wu', 'Dora Klein (you)']);
  });

  it('needs no group: people who are selected in home', async () => {
    const atDora = await callTogether(doras, [anna, bao, chen]);
    await Promise.all([annas, baos, chens].map(answer));
    await hear('anna', 'bao', 'chen', 'dora');
    await doras.picture('group-of-four');
    await press(atDora, 'Hang up');
    await hear('anna', 'bao', 'chen');
  });

  it('is over when everybody declines, and for everybody when the caller gives up', async () => {
    const atAnna = await callInGroup(annas, { name: 'Design', members: [bao, chen] });
    for (const desk of [baos, chens]) await desk.pressInCard('Decline');
    await says(atAnna, /the last invitation was declined/);
    await press(atAnna, 'Close window');
    expect(await team.server.reasons(3)).toEqual({ anna: 12, bao: 2, chen: 2 });
    await annas.waitForNoCall();
    team.server.forgetEndings();

    const again = await callInGroup(annas, { name: 'Design', members: [bao, chen] });
    await Promise.all([baos.incoming(), chens.incoming()]);
    await press(again, 'Hang up');
    await Promise.all([annas, baos, chens].map((desk) => desk.waitForNoCall()));
    expect(await team.server.reasons(3)).toEqual({ anna: 1, bao: 11, chen: 11 });
  });
});
