/** Who speaks when in a call with Echo: its sentence, then the person, then Echo the same again, for ever. Pure. */

/** Mouth and ear. Both answer at once when the call is over. */
export interface Voice<Sound> {
  /** True when it has been said, false when the call is over. */
  say(sound: Sound): Promise<boolean>;
  /** What the person says next, once they have stopped; null when the call is over. */
  listen(): Promise<Sound | null>;
}

export interface Words<Sound> {
  readonly sentence: Sound;
  /** It is the person's turn. */
  readonly beep: Sound;
}

/** Ends with the call. */
export async function takeTurns<Sound>(voice: Voice<Sound>, words: Words<Sound>): Promise<void> {
  let next: Sound | null = words.sentence;
  while (next !== null && (await voice.say(next)) && (await voice.say(words.beep))) {
    next = await voice.listen();
  }
}
