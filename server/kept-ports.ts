/** The ports a server had last time, in its data folder: addresses that people were given stay good. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { strict } from '#protocol/primitives';

const Port = Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 }));

const KeptPorts = strict({
  /** Plain, for this computer. */
  loopback: Port,
  /** With TLS, for everybody: there once the server was opened. */
  open: Port,
});
export type KeptPorts = Readonly<Type.Static<typeof KeptPorts>>;

const validator = Compile(KeptPorts);

const fileIn = (folder: string): string => join(folder, 'ports.json');

/** None where there is no such file, or none that can be read. */
export function readKeptPorts(folder: string): KeptPorts {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
    return validator.Check(value) ? value : {};
  } catch {
    return {};
  }
}

export function keepPorts(folder: string, ports: KeptPorts): void {
  writeFileSync(fileIn(folder), `${JSON.stringify(ports)}\n`);
}

/** Another program may have the port by now: then any free one. What fails for another reason fails there again. */
export async function onKeptPort<T>(
  kept: number | undefined,
  listen: (port: number) => Promise<T>,
): Promise<T> {
  if (kept === undefined) return listen(0);
  try {
    return await listen(kept);
  } catch {
    return listen(0);
  }
}
