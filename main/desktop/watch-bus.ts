/**
 * Hears of signals on the desktop's session bus (Linux), by dbus-monitor. What a signal says is not read: whoever hears
 * one asks how things are.
 */
import { spawn } from 'node:child_process';

export interface BusWatchEvents {
  /** Also once the watch holds. */
  readonly onSignal: () => void;
  /** Nothing is heard any more. Not told after the end by the caller. */
  readonly onLost: () => void;
}

/** The rules are match rules of the bus. Returns its end. */
export type WatchBus = (rules: readonly string[], events: BusWatchEvents) => () => void;

/**
 * The program ends with its standard input, so also when this process is killed: dbus-monitor alone would stay, until a
 * signal shows it that nobody reads.
 */
const whileRead = '"$@" & exec >/dev/null; read -r _; kill $!; wait';

export function watchBusBy(program = 'dbus-monitor'): WatchBus {
  return (rules, { onSignal, onLost }) => {
    const child = spawn('sh', ['-c', whileRead, 'sh', program, '--session', ...rules], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let isOver = false;
    const end = (): void => {
      isOver = true;
      child.stdin.end();
    };
    const lost = (): void => {
      if (isOver) return;
      end();
      onLost();
    };
    child.stdout.on('data', () => {
      if (!isOver) onSignal();
    });
    child.stdout.on('close', lost);
    child.on('error', lost);
    // It went by itself: nobody is left to be told of the end.
    child.stdin.on('error', () => undefined);
    return end;
  };
}
