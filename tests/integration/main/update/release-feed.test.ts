/** What the tool for releases signs is what the app reads. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFeed } from '#main/update/feed';
import { run } from '../../../support/child';
import { type ScratchDir, makeScratchDir, repositoryRoot } from '../../../support/scratch';

const script = join(repositoryRoot, 'scripts/release-feed.mjs');
const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  readonly version: string;
};

let scratch: ScratchDir;
beforeEach(() => {
  scratch = makeScratchDir('release');
  mkdirSync(join(scratch.path, 'dist'));
});
afterEach(() => scratch.close());

const at = (...names: readonly string[]): string => join(scratch.path, ...names);
const release = (...args: readonly string[]): Promise<string> =>
  run(process.execPath, [script, ...args]);

function sign(): Promise<string> {
  const where = ['--key', at('key.pem'), '--notes', at('notes.json'), '--folder', at('dist')];
  return release('sign', ...where, '--page', 'https://peal.example/new');
}

it('makes keys once, signs what lies in the folder, and the app reads it', async () => {
  const publicKey = (await release('keys', at('key.pem'))).trim();
  expect(statSync(at('key.pem')).mode & 0o777).toBe(0o600);
  await expect(release('keys', at('key.pem'))).rejects.toThrow(/EEXIST/);

  writeFileSync(at('notes.json'), JSON.stringify({ en: ['Louder.'], 'zh-CN': ['更响。'] }));
  await expect(sign()).rejects.toThrow(/no package/);
  const names = [
    `peal_${version}_amd64.deb`,
    `Peal Setup ${version}.exe`,
    `Peal-${version}-arm64.dmg`,
  ];
  for (const name of names) writeFileSync(at('dist', name), name);
  writeFileSync(at('dist', 'Peal Setup 0.0.1.exe'), 'of another version');
  await sign();

  const bytes = readFileSync(at('dist', 'feed.json'));
  const signature = readFileSync(at('dist', 'feed.json.sig'), 'utf8');
  const feed = readFeed({ bytes, signature }, [publicKey], 'https://peal.example/feed.json');
  expect(feed).toMatchObject({
    ok: true,
    value: {
      version,
      page: 'https://peal.example/new',
      files: [
        {
          platform: 'win32',
          arch: 'x64',
          url: `https://peal.example/Peal%20Setup%20${version}.exe`,
        },
        { platform: 'darwin', arch: 'arm64', size: names[2]?.length },
        { platform: 'linux', arch: 'x64' },
      ],
    },
  });
});

it('says how it is called', async () => {
  await expect(release('publish')).rejects.toThrow(/usage: release:feed keys/);
});
