/** The admin's configuration file (JSON, docs/server.md). Command-line options win over it. */
import { readFileSync } from 'node:fs';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { IceServer } from '#protocol/messages';
import { strict } from '#protocol/primitives';
import { type Result, err, ok } from '#protocol/result';

/** Where a server is reached: scheme, host and perhaps a port. */
export const serverAddressPattern = '^wss?://[^\\s/?#@]+$';

const Seconds = Type.Number({ exclusiveMinimum: 0, maximum: 3600 });

const ConfigFile = strict({
  host: Type.Optional(Type.String({ minLength: 1 })),
  port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  data: Type.Optional(Type.String({ minLength: 1 })),
  database: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  appSecret: Type.Optional(Type.String({ minLength: 16 })),
  ringSeconds: Type.Optional(Seconds),
  joinSeconds: Type.Optional(Seconds),
  graceSeconds: Type.Optional(Seconds),
  iceServers: Type.Optional(Type.Array(IceServer)),
  allowedOrigins: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  trustProxy: Type.Optional(Type.Boolean()),
  certFile: Type.Optional(Type.String({ minLength: 1 })),
  keyFile: Type.Optional(Type.String({ minLength: 1 })),
  publicAddress: Type.Optional(Type.String({ maxLength: 256, pattern: serverAddressPattern })),
  invitations: Type.Optional(Type.Boolean()),
});
export type ConfigFile = Type.Static<typeof ConfigFile>;

const validator = Compile(ConfigFile);

/** The error is a sentence for the admin; it never quotes the file, which holds secrets. */
export function readConfigFile(path: string): Result<ConfigFile, string> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    return err(`The configuration file ${path} ${why}.`);
  }
  if (validator.Check(value)) return ok(value);
  const [first] = validator.Errors(value);
  const where = first?.instancePath ? `at ${first.instancePath}` : 'at the top level';
  return err(`The configuration file ${path} is wrong ${where}: ${first?.message ?? 'unknown'}.`);
}
