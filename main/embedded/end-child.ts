/** Ends the process of the server inside the app: in order where it obeys, and never while it still has the database. */
import { type Clock, within } from '../clock';
import type { ToEmbedded } from './embedded-messages';

const stopLimitMs = 2_000;
/** The system ends a killed process as soon as it can. */
const killLimitMs = 2_000;

/** The part of Electron's UtilityProcess that this needs. */
export interface EndableChild {
  once(event: 'exit', listener: () => void): unknown;
  postMessage(message: ToEmbedded): void;
  kill(): boolean;
}

/** True once it has ended; false: not even the kill ended it in time. */
export async function endChild(child: EndableChild, clock: Clock): Promise<boolean> {
  const exited = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  child.postMessage({ type: 'stop' });
  if (await within(clock, stopLimitMs, exited, false)) return true;
  child.kill();
  return within(clock, killLimitMs, exited, false);
}
