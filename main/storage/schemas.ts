/** What lies in the profile folder. Read with suspicion: a file may be of another version or cut off. */
import Type from 'typebox';
import { AppSettings } from '#common/settings';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { Tokens, UserProfile } from '#protocol/messages';
import { Id, strict } from '#protocol/primitives';

/** No screen reaches further. Electron throws at numbers that do not fit into its 32 bits. */
const farthestPx = 100_000;
const Offset = Type.Integer({ minimum: -farthestPx, maximum: farthestPx });
const Length = Type.Integer({ minimum: 1, maximum: farthestPx });

const WindowPlace = strict({ x: Offset, y: Offset, width: Length, height: Length });
export type WindowPlace = DeepReadonly<Type.Static<typeof WindowPlace>>;

export const Settings = strict({
  /** Made once per profile. */
  deviceId: Id,
  /** As the person typed it last. */
  server: Type.String({ maxLength: 256 }),
  home: Type.Optional(WindowPlace),
  app: Type.Optional(AppSettings),
  /** The person knows where home goes when it is closed. */
  toldOfTray: Type.Optional(Type.Boolean()),
});
export type Settings = DeepReadonly<Type.Static<typeof Settings>>;

/** Where somebody is signed in, and as whom. */
const account = {
  server: Type.String({ maxLength: 256 }),
  url: Type.String({ maxLength: 512 }),
  self: UserProfile,
  /** Set when the server is known by its key (invitation-link.ts): nothing else is spoken to. */
  keyHash: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
  /** Set when the server is the one inside the app: the name it was started with. */
  embeddedName: Type.Optional(Type.String({ maxLength: 100 })),
};

/** The sign-in that the next start goes on with. */
export const StoredAccount = strict({ ...account, tokens: Tokens });
export type StoredAccount = DeepReadonly<Type.Static<typeof StoredAccount>>;

/** The same as it lies on the disk: with the tokens in plain, or sealed (account-store.ts). */
export const AccountFile = Type.Union([
  StoredAccount,
  strict({
    ...account,
    sealed: strict({
      /** The key, as the system's key store wrapped it. */
      key: Type.String({ maxLength: 4096 }),
      text: Type.String({ maxLength: 16_384 }),
    }),
  }),
]);
export type AccountFile = DeepReadonly<Type.Static<typeof AccountFile>>;
