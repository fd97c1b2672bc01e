// The last step of packaging: what the runtime can do for development is switched off for good in the shipped binary,
// and on Linux the launcher takes the binary's name.

import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/** Our archive's checksum is verified by the runtime on these; Linux has no such check. */
const INTEGRITY_PLATFORMS = ['darwin', 'win32'];

export function fusesFor(platform) {
  return {
    [FuseV1Options.RunAsNode]: false,
    // Peal keeps no cookies, and before the first window this would ask the key store of the system for their key, in a
    // way that blocks: a keyring that is locked would keep the app from starting.
    [FuseV1Options.EnableCookieEncryption]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: INTEGRITY_PLATFORMS.includes(platform),
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
}

function binaryOf({ appOutDir, packager, electronPlatformName }) {
  const { executableName, appInfo } = packager;
  if (electronPlatformName === 'darwin') {
    return path.join(appOutDir, `${appInfo.productFilename}.app`);
  }
  const suffix = electronPlatformName === 'win32' ? '.exe' : '';
  return path.join(appOutDir, (executableName ?? appInfo.productFilename) + suffix);
}

/** Everything that starts Peal by its name goes through the launcher: desktop entry, autostart, a person in a shell. */
function putLauncher(binary) {
  const launcher = path.join(import.meta.dirname, '../resources/linux/launcher.sh');
  renameSync(binary, path.join(path.dirname(binary), 'peal-bin'));
  copyFileSync(launcher, binary);
  chmodSync(binary, 0o755);
}

export default async function afterPack(context) {
  const { appOutDir, electronPlatformName } = context;
  // Development's launcher: it would start anything that it is pointed to.
  rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  const binary = binaryOf(context);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    ...fusesFor(electronPlatformName),
  });
  if (electronPlatformName === 'linux') putLauncher(binary);
}
