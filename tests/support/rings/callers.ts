/** Who rings: a program that speaks the protocol, so that many calls cost little. */
import { colourOf } from '#renderer/ui/avatar';
import { anna, chen, type Person } from '../people';
import { RawClient } from '../raw-client';
import { wallMs } from '../x11';

/** The server takes a caller that says nothing for longer than 8 s for lost. */
const beatMs = 3_000;

export interface Dialled {
  /** When it was dialled, in milliseconds since 1970. */
  readonly atMs: number;
  /** The caller gives up; gives when. */
  readonly cancel: () => Promise<number>;
}

export interface Caller {
  readonly name: string;
  /** Of the face on the card (renderer/ui/tokens.css, avatar.ts), 0xRRGGBB. Everybody has another one. */
  readonly colour: number;
  dial(): Promise<Dialled>;
}

/** --color-avatar-0 and so on of renderer/ui/tokens.css, in the light. */
const faces = [
  0x3d5a98, 0x7a3f8c, 0x9c3b5b, 0x99451f, 0x6d5a12, 0x3d6b2b, 0x1d6a5c, 0x22678b,
] as const satisfies readonly number[];

export const faceColour = ({ userId }: Person): number => faces[colourOf(userId)] ?? 0;

const ringing = (userId: string, name: string): Person => ({
  userId,
  name,
  password: `the word of ${userId}`,
});

export const kofi = ringing('kofi', 'Kofi Mensah');

/** The server lets one person start a call every two seconds, so several take turns; each face has another colour. */
export const callers: readonly Person[] = [anna, chen, ringing('hugo', 'Hugo Brandt'), kofi];

export async function signInCaller(
  url: string,
  caller: Person,
  callee: Person,
): Promise<Caller & { close(): Promise<void> }> {
  const { userId, name, password } = caller;
  const { client } = await RawClient.signedIn(
    url,
    { kind: 'password', userId, password },
    `${userId}-program`,
  );
  const beat = setInterval(() => {
    client.sendRequest('heartbeat', { calls: {}, live: {} });
  }, beatMs);
  return {
    name,
    colour: faceColour(caller),
    dial: async () => {
      const atMs = wallMs();
      const { call } = await client.request('call.start', {
        targetId: callee.userId,
        mediaType: 1,
      });
      const cancel = async (): Promise<number> => {
        const cancelledAt = wallMs();
        await client.request('call.leave', { callId: call.callId, why: 'hangup' });
        return cancelledAt;
      };
      return { atMs, cancel };
    },
    close: async () => {
      clearInterval(beat);
      await client.close();
    },
  };
}
