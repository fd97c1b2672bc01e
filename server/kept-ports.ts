/** The ports of the server inside the app, in its data folder: addresses that people were given stay good. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { strict } from '#protocol/primitives';
import { readKept, writeKept } from './kept-file';

const Port = Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 }));

const KeptPorts = strict({
  /** Plain, for this computer. */
  loopback: Port,
  /** With TLS, for everybody: there once the server was opened. */
  open: Port,
});
export type KeptPorts = Readonly<Type.Static<typeof KeptPorts>>;

const validator = Compile(KeptPorts);

/** A former server that is about to end gives its port back within this. */
const retries = { times: 3, everyMs: 250 } as const;

const fileIn = (folder: string): string => join(folder, 'ports.json');

/** None where there is no such file, or none that can be read. */
export function readKeptPorts(folder: string): KeptPorts {
  const isGood = (value: unknown): value is KeptPorts => validator.Check(value);
  return readKept(fileIn(folder), isGood) ?? {};
}

/** A port that is kept stays, also when another one had to do this time: the next start tries it again. */
export function keepPorts(folder: string, used: KeptPorts): void {
  writeKept(fileIn(folder), { ...used, ...readKeptPorts(folder) });
}

/** Another program may have the port: then, after a few tries, any free one. What fails for another reason has failed. */
export async function onKeptPort<T>(
  kept: number | undefined,
  listen: (port: number) => Promise<T>,
): Promise<T> {
  if (kept === undefined) return listen(0);
  for (let tried = 1; ; tried += 1) {
    try {
      return await listen(kept);
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (tried > retries.times) return listen(0);
    }
    await delay(retries.everyMs);
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
