/** Peal as a package puts it on the machine, for as long as the tests of a file. */
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isNobodysMachine } from '../../scripts/system-packages.mjs';
import { run, startChild } from './child';
import { repositoryRoot } from './scratch';
import { within } from './wait';

export interface InstalledPackage {
  /** Of the package, and of the folder that it unpacks to. */
  readonly packedMB: number;
  readonly unpackedMB: number;
  /** Every file and link that the package brought or made. */
  readonly files: readonly string[];
  remove(): Promise<void>;
  close(): Promise<void>;
}

const dist = join(repositoryRoot, 'dist');
/** Made by the scripts of the package, so that dpkg does not list them. */
const made = ['/usr/bin/peal', '/etc/alternatives/peal', '/var/lib/dpkg/alternatives/peal'];

export async function installPackage(): Promise<InstalledPackage> {
  if (process.getuid?.() !== 0 || !isNobodysMachine()) {
    throw new Error('These tests install Peal: run them as root in a container.');
  }
  if (existsSync('/opt/Peal')) throw new Error('Peal is installed here already: dpkg -P peal');
  const deb = await freshPackage();
  // No power fails during a test, and waiting for the disk is most of the time.
  await run('dpkg', ['--force-unsafe-io', '--install', deb]);
  const listed = (await run('dpkg', ['--listfiles', 'peal'])).trim().split('\n');
  const isDirectory = (path: string): boolean => lstatSync(path).isDirectory();
  let isThere = true;
  const remove = async (): Promise<void> => {
    if (isThere) await run('dpkg', ['--purge', 'peal']);
    isThere = false;
  };
  return {
    packedMB: statSync(deb).size / 1e6,
    unpackedMB: Number((await run('du', ['-sm', '/opt/Peal'])).split('\t')[0]),
    files: [...listed.filter((path) => path.includes('/Peal') || !isDirectory(path)), ...made],
    remove,
    close: remove,
  };
}

/** Made anew when anything of the build is newer. */
async function freshPackage(): Promise<string> {
  const archive = join(dist, 'linux-unpacked/resources/app.asar');
  const find = (): string | undefined => readdirSync(dist).find((name) => name.endsWith('.deb'));
  const isAppFresh = existsSync(archive) && changedAt(archive) > newestIn('out');
  const before = isAppFresh ? find() : undefined;
  const isFresh = before !== undefined && changedAt(join(dist, before)) > changedAt(archive);
  if (!isFresh) await makePackage(isAppFresh ? ['--of-app'] : []);
  return join(dist, find() ?? 'no.deb');
}

async function makePackage(flags: readonly string[]): Promise<void> {
  const args = ['scripts/package-linux.mjs', '--fast', '--deb', ...flags];
  let said = '';
  const packing = startChild(process.execPath, args, {
    cwd: repositoryRoot,
    onStdout: (chunk) => (said += chunk.toString()),
  });
  try {
    const code = await within(packing.exited, 180_000, 'the package');
    if (code !== 0) throw new Error(`no package was made:\n${said}${packing.stderr()}`);
  } finally {
    await packing.close();
  }
}

function changedAt(file: string): number {
  return statSync(file).mtimeMs;
}

function newestIn(folder: string): number {
  const files = readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => changedAt(join(repositoryRoot, folder, file))));
}
