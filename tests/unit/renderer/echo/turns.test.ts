import { describe, expect, it } from 'vitest';
import { takeTurns, type Voice } from '#renderer/echo/turns';

/** Notes what is said; hears what it is given, and then the end of the call. */
class NotedVoice implements Voice<string> {
  readonly said: string[] = [];
  endsWhileSaying: string | null = null;

  constructor(private readonly heard: string[]) {}

  say(sound: string): Promise<boolean> {
    this.said.push(sound);
    return Promise.resolve(sound !== this.endsWhileSaying);
  }

  listen(): Promise<string | null> {
    return Promise.resolve(this.heard.shift() ?? null);
  }
}

const words = { sentence: 'Hello', beep: 'beep' };

describe('the turns of a call with Echo', () => {
  it('are its sentence, then whatever the person says, each followed by a beep', async () => {
    const voice = new NotedVoice(['one', 'two']);
    await takeTurns(voice, words);
    expect(voice.said).toEqual(['Hello', 'beep', 'one', 'beep', 'two', 'beep']);
  });

  it.each([
    ['Hello', ['Hello']],
    ['one', ['Hello', 'beep', 'one']],
  ])('end in the middle of “%s” when the call ends there', async (endsWhileSaying, said) => {
    const voice = Object.assign(new NotedVoice(['one', 'two']), { endsWhileSaying });
    await takeTurns(voice, words);
    expect(voice.said).toEqual(said);
  });
});
