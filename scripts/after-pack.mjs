// The last step of packaging: what the runtime can do for development is switched off for good in the shipped binary.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/** Our archive's checksum is verified by the runtime on these; Linux has no such check. */
const INTEGRITY_PLATFORMS = ['darwin', 'win32'];

function binaryOf({ appOutDir, packager, electronPlatformName }) {
  const { executableName, appInfo } = packager;
  if (electronPlatformName === 'darwin') {
    return path.join(appOutDir, `${appInfo.productFilename}.app`);
  }
  const suffix = electronPlatformName === 'win32' ? '.exe' : '';
  return path.join(appOutDir, (executableName ?? appInfo.productFilename) + suffix);
}

export default async function afterPack(context) {
  // Development's launcher: it would start anything that it is pointed to.
  rmSync(path.join(context.appOutDir, 'resources', 'default_app.asar'), { force: true });
  await flipFuses(binaryOf(context), {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: INTEGRITY_PLATFORMS.includes(
      context.electronPlatformName,
    ),
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  });
}
