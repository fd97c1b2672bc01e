/** What the packages for systems that no test runs on must have: read from their configuration, and from its files. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { fusesFor } from '../../../scripts/after-pack.mjs';
import { repositoryRoot } from '../../support/scratch';

interface Configuration {
  readonly appId: string;
  readonly asar: boolean;
  readonly afterPack: string;
  readonly publish: null;
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
  readonly linux: { readonly icon: string };
  readonly mac: {
    readonly target: readonly string[];
    readonly icon: string;
    readonly hardenedRuntime: boolean;
    readonly entitlements: string;
    readonly entitlementsInherit: string;
    readonly extendInfo: Readonly<Record<string, string>>;
    readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  };
  readonly win: { readonly target: readonly string[]; readonly icon: string };
  readonly nsis: Readonly<Record<string, unknown>> & { readonly include: string };
}

const text = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');

/** By the reader that electron-builder has, as it will read it. */
function readYaml(path: string): unknown {
  const its = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const builder = createRequire(its.resolve('app-builder-lib'));
  const yaml = builder('js-yaml') as { load(text: string): unknown };
  return yaml.load(text(path));
}

const configuration = readYaml('electron-builder.yml') as Configuration;
const { mac, nsis } = configuration;
const startOf = (path: string): string =>
  readFileSync(join(repositoryRoot, path)).subarray(0, 4).toString('latin1');

describe('every package', () => {
  it('is one archive, opens the three kinds of links, and is published by nobody but a person', () => {
    expect(configuration).toMatchObject({ asar: true, publish: null });
    expect(configuration.protocols.flatMap(({ schemes }) => schemes)).toEqual([
      ...['peal', 'tel', 'callto'],
    ]);
  });

  it('has an icon in the form of its system', () => {
    expect(startOf(configuration.win.icon)).toBe('\0\0\x01\0');
    expect(startOf(mac.icon)).toBe('icns');
    expect(existsSync(join(repositoryRoot, configuration.linux.icon, '512x512.png'))).toBe(true);
  });
});

describe('the shipped binary', () => {
  const { afterPack } = configuration;
  const on = (platform: string): readonly string[] =>
    Object.entries(fusesFor(platform)).flatMap(([fuse, isOn]) =>
      isOn ? [FuseV1Options[Number(fuse)] ?? fuse] : [],
    );

  it('has every fuse set on purpose', () => {
    expect(afterPack).toBe('scripts/after-pack.mjs');
    const all = Object.values(FuseV1Options).filter((fuse) => typeof fuse === 'number');
    expect(new Set(Object.keys(fusesFor('linux')).map(Number))).toEqual(new Set(all));
  });

  it('takes its code from the archive alone, whose checksum counts where the system can tell', () => {
    expect(on('linux')).toEqual(['OnlyLoadAppFromAsar']);
    for (const platform of ['darwin', 'win32'])
      expect(on(platform)).toEqual([
        ...['EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'],
      ]);
  });
});

describe('the package for macOS', () => {
  it('comes as dmg and zip, hardened, and may use microphone and camera in all its processes', () => {
    expect(mac).toMatchObject({ target: ['dmg', 'zip'], hardenedRuntime: true });
    expect(mac.entitlementsInherit).toBe(mac.entitlements);
    const granted = [...text(mac.entitlements).matchAll(/<key>(.+)<\/key>\s*<true\/>/g)];
    expect(granted.map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.disable-library-validation',
      'com.apple.security.device.audio-input',
      'com.apple.security.device.camera',
    ]);
  });

  it('says in both languages what it wants microphone, camera and the network for', () => {
    const [chinese] = mac.extraResources;
    expect(chinese?.to).toBe('zh_CN.lproj');
    const lines = [
      ...text(join(chinese?.from ?? '', 'InfoPlist.strings')).matchAll(/^"(\w+)" = ".+";$/gm),
    ];
    const usages = ['NSMicrophone', 'NSCamera', 'NSLocalNetwork'].map(
      (of) => `${of}UsageDescription`,
    );
    expect(Object.keys(mac.extendInfo)).toEqual(usages);
    expect(lines.map(([, key]) => key)).toEqual(usages);
  });
});

describe('the package for Windows', () => {
  it('is an installer for one person or for all, in both languages, whose name says the processor', () => {
    expect(configuration.win.target).toEqual(['nsis']);
    expect(nsis).toMatchObject({
      oneClick: false,
      perMachine: false,
      deleteAppDataOnUninstall: false,
      installerLanguages: ['en_US', 'zh_CN'],
      artifactName: expect.stringContaining('${arch}') as string,
    });
  });

  it('opens our links once it is installed, and takes back every scheme and the start at sign-in', () => {
    const script = text(nsis.include);
    const [, installing = '', forgetting = ''] = script.split(/!macro custom(?:Un)?Install\n/);
    expect(installing).toContain(
      'WriteRegStr SHELL_CONTEXT "Software\\Classes\\peal\\shell\\open\\command"',
    );
    const forgotten = [...forgetting.matchAll(/pealForgets HKCU (\w+)/g)].map(
      ([, scheme]) => scheme,
    );
    expect(forgotten).toEqual(configuration.protocols.flatMap(({ schemes }) => schemes));
    expect(forgetting).toContain('CurrentVersion\\Run" "${APP_ID}"');
    // By this name Electron starts it at sign-in.
    expect(text('main/index.ts')).toContain(`setAppUserModelId('${configuration.appId}')`);
  });
});
