/**
 * Where news of versions come from and whose signature counts. The build brings one; an administrator may put another
 * in its place, or switch updates off, by a file that nobody else can write.
 */
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { lazyValidator } from '#protocol/lazy-validator';
import { strict } from '#protocol/primitives';
import type { Log } from '../log';
import { readIfThere } from '../system/small-file';
import { mayFetch } from './addresses';
import { publicKeyPattern } from './signature';

const UpdateSource = strict({
  feed: Type.String({ minLength: 1, maxLength: 512 }),
  keys: Type.Array(Type.String({ pattern: publicKeyPattern }), { minItems: 1, maxItems: 8 }),
});
export type UpdateSource = DeepReadonly<Type.Static<typeof UpdateSource>>;

/** Of the build and of an administrator alike. `updates` false: nothing is looked for. Absent: as if there were no file. */
const Configuration = strict({
  updates: Type.Optional(Type.Union([UpdateSource, Type.Literal(false)])),
});
type Configuration = DeepReadonly<Type.Static<typeof Configuration>>;

const shape = lazyValidator(Configuration);

export interface ConfigurationPlaces {
  /** Of this build. */
  readonly built: string;
  readonly administrator: string;
  /** Whose files an administrator's are; absent: the system's root. */
  readonly administratorUid?: number;
}

/**
 * On Windows not %ProgramData%: there every user may make a folder of a name that is still free. The folder of common
 * files is an administrator's alone.
 */
export function administratorFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') {
    return join(
      env['CommonProgramFiles'] ?? 'C:\\Program Files\\Common Files',
      'Peal',
      'peal.json',
    );
  }
  if (platform === 'darwin') return '/Library/Application Support/Peal/peal.json';
  return '/etc/peal/peal.json';
}

/**
 * Null: updates are off. So they are as well where the administrator's file cannot be trusted or read: it was meant to
 * say something.
 */
export function updateSource(places: ConfigurationPlaces, log: Log): UpdateSource | null {
  const { administrator, built, administratorUid = 0 } = places;
  try {
    const chosen = readConfiguration(administrator, (path) => {
      if (!isProtected(path, administratorUid)) throw new Error('others may write it');
    });
    const updates = chosen?.updates ?? readConfiguration(built)?.updates ?? false;
    return updates === false ? null : updates;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn(`update: switched off, the configuration cannot be used (${why})`);
    return null;
  }
}

/** Null: there is none. */
function readConfiguration(path: string, check?: (path: string) => void): Configuration | null {
  // An account that may not even look into the folder has no configuration to follow.
  if (!lstatSync(path, { throwIfNoEntry: false })) return null;
  check?.(path);
  const text = readIfThere(path);
  const value: unknown = JSON.parse(text ?? '{}');
  if (!shape.check(value)) throw new Error('it has another shape');
  const { updates } = value as Configuration;
  if (updates && !mayFetch(updates.feed)) throw new Error('the feed is neither https nor local');
  return value as Configuration;
}

/** A link counts as foreign: what it leads to may be anybody's. */
function isProtected(path: string, uid: number): boolean {
  if (process.platform === 'win32') return true;
  return [path, dirname(path)].every((each) => {
    const { uid: owner, mode } = lstatSync(each);
    const isLink = lstatSync(each).isSymbolicLink();
    return !isLink && owner === uid && (mode & 0o022) === 0;
  });
}
