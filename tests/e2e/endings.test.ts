import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bao } from '../support/people';
import { hangUp } from './calls/audio-call';
import { openPair, type Pair } from './calls/pair';

const ringMs = 8_000;

describe('ways a call ends before it began', () => {
  let pair: Pair;
  let server = '';
  beforeAll(async () => {
    pair = await openPair({
      server: { ringMs },
      addresses: ({ url }) => {
        server = url;
        return Promise.resolve({ anna: url, bao: url });
      },
    });
  });
  afterEach(async () => {
    await pair.endCalls();
  });
  afterAll(async () => {
    await pair.close();
  });

  it('a declined call takes the card away and tells the caller so', async () => {
    const calling = await pair.anna.call(bao, 'Audio call');
    const card = await pair.bao.incoming();
    const words = calling
      .getByRole('status')
      .getByText(/Bao Chen declined/)
      .waitFor();
    await card.getByRole('button', { name: 'Decline' }).click();
    await words;
    await pair.anna.picture('declined');
    await Promise.all([pair.anna.waitForNoCall(), pair.bao.waitForNoCall()]);
  });

  it('a cancelled call takes the card away', async () => {
    const calling = await pair.anna.call(bao, 'Audio call');
    await pair.bao.incoming();
    await hangUp(calling);
    await Promise.all([pair.anna.waitForNoCall(), pair.bao.waitForNoCall()]);
  });

  it('a call that nobody answers ends by itself, with words for the caller', async () => {
    const calling = await pair.anna.call(bao, 'Audio call');
    await pair.bao.incoming();
    await calling
      .getByRole('status')
      .getByText(/Bao Chen did not answer/)
      .waitFor({ timeout: ringMs + 5_000 });
    await Promise.all([pair.anna.waitForNoCall(), pair.bao.waitForNoCall()]);
  });

  it('who signs in while the call rings gets the card', async () => {
    const baoHome = await pair.bao.home();
    await baoHome.getByRole('button', { name: 'Sign out' }).click();
    await baoHome.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    const calling = await pair.anna.call(bao, 'Audio call');
    await calling.getByRole('status').getByText('Calling').waitFor();
    await pair.bao.signIn(server);
    const card = await pair.bao.incoming();
    expect(await card.getByRole('heading').textContent()).toContain('Anna Li');
    await calling.getByRole('status').getByText('Ringing').waitFor();
  });
});
