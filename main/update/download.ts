/** The installer of a new version: on the disk whole and as it was signed, or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { UpdateFile } from './feed';
import { type Fetch, receive } from './fetching';

/** Also a slow line is done by then; where it is not, the next try is hours later. */
export const downloadLimitMs = 60 * 60_000;

export interface DownloadOptions {
  readonly fetch: Fetch;
  readonly file: UpdateFile;
  readonly version: string;
  /** Of nothing but downloads: what another version left in it goes. */
  readonly folder: string;
  readonly limitMs: number;
  /** Aborted, it ends and rejects. */
  readonly signal: AbortSignal;
}

/** Gives the path. What was cut or is another file leaves nothing behind. */
export async function download(options: DownloadOptions): Promise<string> {
  const { file, folder, signal } = options;
  signal.throwIfAborted();
  const path = join(folder, nameOf(options));
  // A former run has fetched it already.
  if (await isIntact(path, file)) return path;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, 'download.part');
  try {
    await receiveInto(temporary, options);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return path;
}

/** Whether the file is still what was signed: somebody else may have written it since. */
export async function isIntact(path: string, { size, sha512 }: UpdateFile): Promise<boolean> {
  try {
    if (!existsSync(path) || (await stat(path)).size !== size) return false;
    const hash = createHash('sha512');
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
    return hash.digest('base64') === sha512;
  } catch {
    return false;
  }
}

async function receiveInto(path: string, options: DownloadOptions): Promise<void> {
  const { fetch, file, limitMs: ms, signal: ended } = options;
  const hash = createHash('sha512');
  let received = 0;
  // Without blocking: a call may be going on.
  const out = await open(path, 'wx', 0o600);
  try {
    await receive(fetch, file.url, { bytes: file.size, ms, ended }, async (piece) => {
      hash.update(piece);
      received += piece.byteLength;
      await out.writeFile(piece);
    });
    await out.sync();
  } finally {
    await out.close();
  }
  if (received !== file.size) throw new Error('the download was cut');
  if (hash.digest('base64') !== file.sha512) throw new Error('the download is not what was signed');
}

/** By its end the system knows what to do with it. Nothing of the name is taken from an address. */
function nameOf({ file, version }: DownloadOptions): string {
  return `Peal-${version}.${file.platform === 'win32' ? 'exe' : 'dmg'}`;
}
