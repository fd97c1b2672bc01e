/** A loudspeaker that remembers what it was given to play. */
import type { Sound } from '../../../../renderer/sounds';
import type { Play, PlayOptions } from '../../../../renderer/sounds/player';

export class Loudspeaker {
  /** What plays now. */
  readonly plays: ({ readonly sound: Sound } & PlayOptions)[] = [];
  /** Everything that was ever begun, in order. */
  readonly heard: Sound[] = [];

  readonly play: Play = (sound, options = {}) => {
    const playing = { sound, ...options };
    this.plays.push(playing);
    this.heard.push(sound);
    return () => {
      const at = this.plays.indexOf(playing);
      if (at >= 0) this.plays.splice(at, 1);
    };
  };
}
