/** What lies in the profile folder. Read with suspicion: a file may be of another version or cut off. */
import Type from 'typebox';
import { AppSettings } from '#common/settings';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { Tokens, UserProfile } from '#protocol/messages';
import { Id, TimeMs, strict } from '#protocol/primitives';

/** No screen reaches further. Electron throws at numbers that do not fit into its 32 bits. */
const farthestPx = 100_000;
const Offset = Type.Integer({ minimum: -farthestPx, maximum: farthestPx });
const Length = Type.Integer({ minimum: 1, maximum: farthestPx });

const WindowPlace = strict({ x: Offset, y: Offset, width: Length, height: Length });
export type WindowPlace = DeepReadonly<Type.Static<typeof WindowPlace>>;

const Corner = Type.Union([
  Type.Literal('top-left'),
  Type.Literal('top-right'),
  Type.Literal('bottom-left'),
  Type.Literal('bottom-right'),
]);
export type Corner = Type.Static<typeof Corner>;

/** Where the mini window was on each screen, by the system's id of it. The newest is the last. */
const MiniMemory = Type.Array(
  strict({ screen: Type.String({ minLength: 1, maxLength: 32 }), corner: Corner }),
  { maxItems: 16 },
);
export type MiniMemory = DeepReadonly<Type.Static<typeof MiniMemory>>;

export const Settings = strict({
  /** Made once per profile. */
  deviceId: Id,
  /** As the person typed it last. */
  server: Type.String({ maxLength: 256 }),
  home: Type.Optional(WindowPlace),
  /** What a former version did not know of has its default. */
  app: Type.Optional(Type.Partial(AppSettings, { additionalProperties: false })),
  /** The person knows where home goes when it is closed. */
  toldOfTray: Type.Optional(Type.Boolean()),
  mini: Type.Optional(MiniMemory),
  update: Type.Optional(
    strict({
      /** When the newest feed was signed that was ever seen: an older one is refused. */
      newestSignedAt: Type.Optional(TimeMs),
      /** The version that the person has put aside. */
      dismissed: Type.Optional(Type.String({ maxLength: 32 })),
    }),
  ),
  /** The person knows what the mini window cannot do on this desktop. */
  toldOfMini: Type.Optional(Type.Boolean()),
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
