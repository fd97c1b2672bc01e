// npm start: everything that the app needs, then the app. Arguments go to the app.
//
//   npm start                  the built app, built anew when a source has changed
//   npm run dev                the same with pages that follow their sources (start.mjs --dev)

import { buildIfNeeded } from './build.mjs';
import { chromiumFlags, electronPath } from './electron.mjs';
import { run } from './lib/children.mjs';
import { displayEnvironment } from './lib/display.mjs';
import { main, ROOT, tool } from './lib/tools.mjs';
import { requirePackages } from './system-packages.mjs';

/** As resources/linux/launcher.sh chooses for the installed app: windows that stay where they are put need X. */
function windowSystemFlags(args, env) {
  const isWayland = Boolean(env.WAYLAND_DISPLAY) || env.XDG_SESSION_TYPE === 'wayland';
  const isChosen = Boolean(env.PEAL_WAYLAND) || args.some((arg) => arg.startsWith('--ozone-'));
  return isWayland && env.DISPLAY && !isChosen ? ['--ozone-platform=x11'] : [];
}

async function startBuilt(args, env) {
  await buildIfNeeded();
  return run(
    await electronPath(),
    [...chromiumFlags(), ...windowSystemFlags(args, env), ROOT, ...args],
    { env },
  );
}

async function startDeveloping(args, env) {
  await electronPath();
  const flags = chromiumFlags().length > 0 ? { NO_SANDBOX: '1' } : {};
  return run(
    process.execPath,
    [tool('electron-vite'), 'dev', '--', ...windowSystemFlags(args, env), ...args],
    {
      cwd: ROOT,
      env: { ...env, ...flags },
    },
  );
}

await main(async () => {
  const args = process.argv.slice(2);
  const isDeveloping = args[0] === '--dev';
  requirePackages('run');
  const display = await displayEnvironment((text) => console.log(`start: ${text}`));
  try {
    const startIt = isDeveloping ? startDeveloping : startBuilt;
    process.exitCode = await startIt(isDeveloping ? args.slice(1) : args, display.env);
  } finally {
    await display.stop();
  }
});
