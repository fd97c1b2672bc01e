/** Questions to small programs of the desktop, each with a limit. */
import { execFile } from 'node:child_process';

const limitMs = 1_000;

/** What the program prints; null when it is not there, fails or does not answer in time. Never rejects. */
export type AskProgram = (program: string, args: readonly string[]) => Promise<string | null>;

export const askProgram: AskProgram = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs, killSignal: 'SIGKILL' }, (error, stdout) =>
      resolve(error ? null : stdout),
    );
  });
