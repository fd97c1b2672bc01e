/** The contact Echo: a caller like any other, in a window that nobody sees, with sounds instead of devices. */
import { connectWith } from '#peal-caller/connect';
import type { EchoStart } from '#common/ipc';
import type { EchoApi } from '#common/window-api';
import { createMedia } from '../media';
import { answering } from './answering';
import { AudioVoice, loadWords } from './audio-voice';
import { EchoMedia } from './echo-media';
import { staySignedIn } from './stay-signed-in';
import { takeTurns } from './turns';

/** Preload put it there; common/window-api.ts is the contract. */
const { peal } = window as unknown as { readonly peal: EchoApi };

/** Always the same one: a page made anew goes on with the call of the former. */
const device = { deviceId: 'echo', deviceName: 'Echo' };

// eslint-disable-next-line no-console -- a page has no other log; main copies it into its own
const warn = (message: string, cause?: unknown): void => console.warn(message, cause);
const after = (ms: number, task: () => void): void => void setTimeout(task, ms);

function start({ url, token, language }: EchoStart): void {
  const words = loadWords(language);
  const links = createMedia();
  const converse = async (voice: AudioVoice): Promise<void> => {
    try {
      await takeTurns(voice, await words);
    } catch (cause) {
      warn('echo: fell silent', cause);
    }
  };
  const media = new EchoMedia({
    openVoice: () => AudioVoice.open(),
    createMesh: (...call) => links.createMesh(...call),
    onHeard: (voice) => void converse(voice),
    warn,
  });
  const calls = answering({ after, warn, onEnd: () => media.end() });
  const connect = (): ReturnType<typeof connectWith> =>
    connectWith({ ...calls, ...device, url, token, warn }, media);
  staySignedIn({ connect, after, warn });
}

peal.onStarted(start);
void peal.ready();
