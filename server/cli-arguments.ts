/** What was typed, as a command or as a sentence that says what is wrong with it. */
import { parseArgs } from 'node:util';
import { type Result, err, ok } from '#protocol/result';
import { type ConfigFile, readConfigFile, serverAddressPattern } from './config-file';
import type { StorePlace } from './store/open-store';

export const usage = `peal-server – signaling server of Peal

  peal-server [serve] [--port 7325] [--host 127.0.0.1] [where] [--log-level info]
  peal-server user add <id> --name "Anna Li" [--password-stdin] [where]
  peal-server user list [where]
  peal-server group add <id> --name "Sales" --members anna,bao [where]
  peal-server group list [where]
  peal-server invite [--address wss://peal.example] [where]
  peal-server call list [where]
  peal-server call remove <call> <user> [where]
  peal-server --help

  where: --data FOLDER (SQLite, default ./peal-data), --database postgres://…, or --config FILE with either.
`;

const isServerAddress = new RegExp(serverAddressPattern, 'u');

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
type LogLevelName = (typeof logLevels)[number];

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'serve'; readonly logLevel: LogLevelName }
  | {
      readonly name: 'user add';
      readonly userId: string;
      readonly displayName: string;
      readonly passwordFromStdin: boolean;
    }
  | { readonly name: 'user list' }
  | {
      readonly name: 'group add';
      readonly groupId: string;
      readonly displayName: string;
      readonly memberIds: readonly string[];
    }
  | { readonly name: 'group list' }
  /** `address`: where colleagues reach the server. */
  | { readonly name: 'invite'; readonly address: string }
  | { readonly name: 'call list' }
  | { readonly name: 'call remove'; readonly callId: string; readonly userId: string };

export interface Invocation {
  readonly command: Command;
  readonly config: ConfigFile;
  readonly place: StorePlace;
}

const options = {
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  database: { type: 'string' },
  config: { type: 'string' },
  name: { type: 'string' },
  members: { type: 'string' },
  address: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  'log-level': { type: 'string' },
} as const;

type Values = ReturnType<typeof parse>['values'];

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true, strict: true });

export function readArguments(args: readonly string[]): Result<Invocation, string> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return err(error instanceof Error ? error.message : 'The options cannot be read.');
  }
  const { values, positionals } = parsed;
  if (values.help) return ok({ command: { name: 'help' }, config: {}, place: { data: '' } });
  const config = readConfig(values);
  if (!config.ok) return config;
  const { publicAddress: address } = config.value;
  const command = readCommand(positionals, address === undefined ? values : { address, ...values });
  if (!command.ok) return command;
  return ok({ command: command.value, config: config.value, place: placeOf(config.value) });
}

function readCommand(positionals: readonly string[], values: Values): Result<Command, string> {
  const [noun = 'serve', verb, ...ids] = positionals;
  const name = verb === undefined ? noun : `${noun} ${verb}`;
  const surplus = ids.slice(name === 'call remove' ? 2 : 1);
  if (surplus.length > 0) return err(`Too many arguments: ${surplus.join(' ')}`);
  return readNamed(name, ids, values);
}

function readNamed(name: string, ids: readonly string[], values: Values): Result<Command, string> {
  const [id] = ids;
  switch (name) {
    case 'serve':
      return readServe(values);
    case 'user list':
    case 'group list':
    case 'call list':
      return id === undefined ? ok({ name }) : err(`"${name}" takes no further argument.`);
    case 'invite':
      return readInvite(values);
    case 'user add':
      return readUserAdd(id, values);
    case 'group add':
      return readGroupAdd(id, values);
    case 'call remove':
      return readCallRemove(ids);
    default:
      return err(`There is no command "${name}". Try --help.`);
  }
}

function readServe(values: Values): Result<Command, string> {
  const logLevel = logLevels.find((level) => level === (values['log-level'] ?? 'info'));
  return logLevel
    ? ok({ name: 'serve', logLevel })
    : err(`--log-level is one of ${logLevels.join(', ')}.`);
}

function readUserAdd(userId: string | undefined, values: Values): Result<Command, string> {
  if (userId === undefined) return err('Which user? peal-server user add <id> --name "…"');
  const passwordFromStdin = values['password-stdin'] ?? false;
  return ok({ name: 'user add', userId, displayName: values.name ?? userId, passwordFromStdin });
}

function readGroupAdd(groupId: string | undefined, values: Values): Result<Command, string> {
  if (groupId === undefined) return err('Which group? peal-server group add <id> --name "…"');
  const memberIds = (values.members ?? '')
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return ok({ name: 'group add', groupId, displayName: values.name ?? groupId, memberIds });
}

function readInvite({ address }: Values): Result<Command, string> {
  if (address === undefined) {
    return err('Where do colleagues reach this server? Say it by --address or publicAddress.');
  }
  return isServerAddress.test(address)
    ? ok({ name: 'invite', address })
    : err('--address is where the server is reached, such as wss://peal.example:7325.');
}

function readCallRemove([callId, userId]: readonly string[]): Result<Command, string> {
  return callId === undefined || userId === undefined
    ? err('Whom, from which call? peal-server call remove <call> <user>')
    : ok({ name: 'call remove', callId, userId });
}

function readConfig(values: Values): Result<ConfigFile, string> {
  const file = values.config === undefined ? ok({}) : readConfigFile(values.config);
  if (!file.ok) return file;
  const port = readPort(values.port);
  if (!port.ok) return port;
  if (values.data !== undefined && values.database !== undefined) {
    return err('Either --data or --database, not both.');
  }
  const { host, data, database } = values;
  const typed = Object.entries({ host, port: port.value, data, database });
  const given = Object.fromEntries(typed.filter(([, value]) => value !== undefined));
  const { data: _data, database: _database, ...others } = file.value as ConfigFile;
  const hasPlace = data !== undefined || database !== undefined;
  return ok({ ...(hasPlace ? others : file.value), ...given });
}

function readPort(typed: string | undefined): Result<number | undefined, string> {
  if (typed === undefined) return ok(undefined);
  const port = Number(typed);
  const isPort = typed !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535;
  return isPort ? ok(port) : err(`--port ${typed} is no port number.`);
}

function placeOf({ data, database }: ConfigFile): StorePlace {
  return database === undefined ? { data: data ?? 'peal-data' } : { databaseUrl: database };
}
