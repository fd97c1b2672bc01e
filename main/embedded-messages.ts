/** What main and the server inside the app tell each other over the process's message port (server/embedded.ts). */
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { strict } from '#protocol/primitives';

export type ToEmbedded =
  /** `data` is the folder of the database, `name` the person's. */
  | { readonly type: 'start'; readonly data: string; readonly name: string }
  | { readonly type: 'stop' };

const FromEmbedded = Type.Union([
  strict({
    type: Type.Literal('started'),
    url: Type.String(),
    userId: Type.String(),
    appToken: Type.String(),
  }),
  strict({ type: Type.Literal('failed'), message: Type.String() }),
]);
export type FromEmbedded = Type.Static<typeof FromEmbedded>;

const validator = Compile(FromEmbedded);

export function parseFromEmbedded(message: unknown): FromEmbedded | null {
  return validator.Check(message) ? message : null;
}
