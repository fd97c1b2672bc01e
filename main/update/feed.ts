/** What a feed says: the newest version, what is new in it, and the files for each kind of computer. */
import Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { lazyValidator } from '#protocol/lazy-validator';
import { Line, TimeMs } from '#protocol/primitives';
import { type Result, err, ok } from '#protocol/result';
import { fileAddress, pageAddress } from './addresses';
import { isSigned } from './signature';
import { versionPattern } from './version';

/** No installer of Peal comes near. */
const maxFileBytes = 1024 * 1024 * 1024;

/** May be relative to that of the feed. */
const Address = Type.String({ minLength: 1, maxLength: 512 });
const Notes = Type.Array(Line(200), { maxItems: 12 });

const UpdateFile = Type.Object({
  platform: Type.Union([Type.Literal('linux'), Type.Literal('win32'), Type.Literal('darwin')]),
  arch: Type.Union([Type.Literal('x64'), Type.Literal('arm64')]),
  url: Address,
  size: Type.Integer({ minimum: 1, maximum: maxFileBytes }),
  /** Base64. */
  sha512: Type.String({ pattern: '^[A-Za-z0-9+/]{86}==$' }),
});
export type UpdateFile = DeepReadonly<Type.Static<typeof UpdateFile>>;

/** Fields that this version does not know are left alone: an older app must still read a later feed. */
const UpdateFeed = Type.Object({
  product: Type.Literal('peal'),
  format: Type.Literal(1),
  version: Type.String({ pattern: versionPattern }),
  signedAt: TimeMs,
  /** One line for each thing that is new. */
  notes: Type.Object({ en: Notes, 'zh-CN': Notes }),
  /** A page with more about it. */
  page: Type.Optional(Address),
  files: Type.Array(UpdateFile, { maxItems: 32 }),
});
export type UpdateFeed = DeepReadonly<Type.Static<typeof UpdateFeed>>;

const shape = lazyValidator(UpdateFeed);

export interface SignedBytes {
  readonly bytes: Uint8Array;
  readonly signature: string;
}

/** Not one byte is read before its signature is right. All addresses of the result are whole. */
export function readFeed(
  { bytes, signature }: SignedBytes,
  keys: readonly string[],
  address: string,
): Result<UpdateFeed, 'bad-signature' | 'bad-feed'> {
  if (!isSigned(bytes, signature, keys)) return err('bad-signature');
  const value = jsonOf(bytes);
  const feed = shape.check(value) ? withWholeAddresses(value as UpdateFeed, address) : null;
  return feed ? ok(feed) : err('bad-feed');
}

/** Null: something in it leads elsewhere. */
function withWholeAddresses(feed: UpdateFeed, address: string): UpdateFeed | null {
  const files = feed.files.flatMap((file) => {
    const url = fileAddress(address, file.url);
    return url === null ? [] : [{ ...file, url }];
  });
  if (files.length < feed.files.length) return null;
  if (feed.page === undefined) return { ...feed, files };
  const page = pageAddress(address, feed.page);
  return page === null ? null : { ...feed, files, page };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
