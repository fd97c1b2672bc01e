/**
 * npm run demo [-- --seconds N]: a server and two phones side by side with a moving picture and a voice each. Anna
 * calls, Bao answers, and the call is yours to play with until both windows are closed or Ctrl-C. With --seconds it
 * ends by itself and says what was heard.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { setUpCall, type MeasuredCall } from '../bench/call-setup/one-call';
import { startPeal } from '../bench/call-setup/peal';
import type { Contender } from '../bench/call-setup/contender';
import { startBus } from '../tests/support/bus';
import { Cleanup } from '../tests/support/cleanup';
import { pictureFile, speechFile } from '../tests/support/media-files';
import { buildIfNeeded } from './build.mjs';
import { ensureElectron } from './ensure-electron.mjs';
import type { Page } from './lib/devtools';
import { displayEnvironment } from './lib/display.mjs';
import { isRecognised, likeness } from './lib/likeness';
import { framesHeard, framesOfFile } from './lib/spoken-sound';
import { requirePackages } from './system-packages.mjs';

const sentences = {
  anna: 'Good morning Bao. The delivery from the north has arrived, shall we open it together?',
  bao: 'Yes please. I am in the blue kitchen on the second floor, bring a sharp knife and coffee.',
};
const pictures = { anna: 'orange', bao: 'blue' } as const;

const listenSeconds = 8;

const say = (text: string): void => console.log(`demo: ${text}`);

function secondsWanted(args: readonly string[]): number | null {
  const at = args.indexOf('--seconds');
  if (at < 0) return null;
  const seconds = Number(args[at + 1]);
  if (!(seconds > 0)) throw new Error('usage: npm run demo -- [--seconds N]');
  return seconds;
}

async function run(seconds: number | null, cleanup: Cleanup): Promise<boolean> {
  const [annaVoice, baoVoice] = [
    await speechFile('demo-anna', sentences.anna),
    await speechFile('demo-bao', sentences.bao),
  ];
  const display = await displayEnvironment(say);
  cleanup.add(() => display.stop());
  const bus = display.env['DBUS_SESSION_BUS_ADDRESS']?.startsWith('unix:')
    ? { env: {} }
    : cleanup.own(await startBus());
  say('starting a server and two phones, signing in Anna and Bao');
  const phones = await startPeal({ ...display.env, ...bus.env }, cleanup, {
    caller: { voice: annaVoice, picture: await pictureFile(pictures.anna) },
    callee: { voice: baoVoice, picture: await pictureFile(pictures.bao) },
  });
  await sideBySide(phones.caller.home, phones.callee.home);
  say('Anna calls Bao');
  const started = performance.now();
  const call = await setUpCall(phones);
  await sideBySide(call.caller, call.callee);
  tellTimes(call);
  const heard = await tellWhatWasHeard(call, annaVoice, baoVoice);
  await untilTheEnd(
    phones,
    seconds === null ? null : seconds * 1000 - (performance.now() - started),
  );
  return heard;
}

/** Each page moves its own window, as a person could: left half, right half. */
async function sideBySide(left: Page, right: Page): Promise<void> {
  const place = (half: 0 | 1): string => `{
    const width = Math.min(outerWidth, Math.floor(screen.availWidth / 2));
    resizeTo(width, Math.min(outerHeight, screen.availHeight));
    moveTo(screen.availLeft + ${half} * Math.floor(screen.availWidth / 2), screen.availTop);
  }`;
  await left.evaluate(place(0));
  await right.evaluate(place(1));
}

function tellTimes({ sample }: MeasuredCall): void {
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  say(`dial → popup ${ms(sample.painted)}`);
  say(`accept → first sound ${ms(sample.sound)}, first picture ${ms(sample.frame)} (both sides)`);
}

/** The sentence that the other one says is recognised; the own one, which must not be heard, is the control. */
async function tellWhatWasHeard(
  call: MeasuredCall,
  annaVoice: string,
  baoVoice: string,
): Promise<boolean> {
  const [anna, bao] = [framesOfFile(annaVoice), framesOfFile(baoVoice)];
  const [atAnna, atBao] = await Promise.all([
    framesHeard(call.caller, listenSeconds),
    framesHeard(call.callee, listenSeconds),
  ]);
  const compare = (who: string, other: string, [said, notSaid]: [number, number]): boolean => {
    const isHeard = isRecognised(said, notSaid);
    const verdict = isHeard ? `heard ${other}’s sentence` : `did NOT hear ${other}’s sentence`;
    say(`${who} ${verdict}: likeness ${said.toFixed(2)}, of the own one ${notSaid.toFixed(2)}`);
    return isHeard;
  };
  const results = [
    compare('Anna', 'Bao', [likeness(atAnna, bao), likeness(atAnna, anna)]),
    compare('Bao', 'Anna', [likeness(atBao, anna), likeness(atBao, bao)]),
  ];
  return results.every(Boolean);
}

/** For so long, or until somebody has had enough: both phones closed, or Ctrl-C. */
async function untilTheEnd({ caller, callee }: Contender, limitMs: number | null): Promise<void> {
  const closed = Promise.all([caller.process.child.exited, callee.process.child.exited]);
  if (limitMs === null) {
    say('the call is yours: close both windows or press Ctrl-C to end');
    await closed;
  } else {
    await Promise.race([closed, delay(Math.max(0, limitMs), undefined, { ref: false })]);
  }
}

const seconds = secondsWanted(process.argv.slice(2));
requirePackages('test');
await ensureElectron();
await buildIfNeeded();
const cleanup = new Cleanup();
/** Ctrl-C is no fault: what was started is ended in order, and not by the shared scripts, which would exit at once. */
const interrupted = new Promise<boolean>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.removeAllListeners(signal).on(signal, () => resolve(true));
  }
});
const running = run(seconds, cleanup);
// After an interruption it fails over what is taken away under it, and nobody wants to know.
running.catch(() => undefined);
try {
  if (!(await Promise.race([running, interrupted]))) process.exitCode = 1;
} finally {
  say('cleaning up');
  await cleanup.close();
}
// What waited for a page that is gone may keep its timer; nothing else is left.
process.exit();
