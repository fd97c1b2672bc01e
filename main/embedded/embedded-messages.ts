/** What main and the server inside the app tell each other over the process's message port (server/embedded.ts). */
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { strict } from '#protocol/primitives';

export type ToEmbedded =
  /** `data` is the folder of the database; `name` the person's, as it was typed first: the user's id comes from it. */
  | { readonly type: 'start'; readonly data: string; readonly name: string }
  /** Colleagues shall reach it: also listen with TLS on every address, now and at every later start. */
  | { readonly type: 'open' }
  | { readonly type: 'stop' };

/** Where colleagues reach the server, and by which key they know it. */
const OpenDoor = { port: Type.Integer({ minimum: 1, maximum: 65_535 }), keyHash: Type.String() };

const FromEmbedded = Type.Union([
  strict({
    type: Type.Literal('started'),
    url: Type.String(),
    userId: Type.String(),
    appToken: Type.String(),
    /** On loopback; the same at the next start, where that is free. */
    port: OpenDoor.port,
    /** Signs in as the user `echo`. */
    echoToken: Type.String(),
    /** It has been opened before. */
    opened: Type.Optional(strict(OpenDoor)),
  }),
  strict({ type: Type.Literal('opened'), ...OpenDoor }),
  strict({ type: Type.Literal('open-failed'), message: Type.String() }),
  strict({ type: Type.Literal('failed'), message: Type.String() }),
]);
export type FromEmbedded = Type.Static<typeof FromEmbedded>;

const validator = Compile(FromEmbedded);

export function parseFromEmbedded(message: unknown): FromEmbedded | null {
  return validator.Check(message) ? message : null;
}
