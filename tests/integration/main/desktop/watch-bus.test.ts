/** The session bus of a desktop, heard by the very program that the product uses. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { quietSources } from '#main/desktop/quiet-sources';
import { type BusWatchEvents, watchBusBy } from '#main/desktop/watch-bus';
import { type Bus, startBus } from '../../../support/bus';
import { BusClient } from '../../../support/bus-client';
import { makeScratchDir, type ScratchDir } from '../../../support/scratch';
import { waitFor } from '../../../support/wait';

const nobody = () => Promise.resolve(null);
const [kde, dunst] = quietSources({
  ...{ platform: 'linux', desktop: '', askBus: nobody, askProgram: nobody },
});

let folder: ScratchDir;
let bus: Bus;
let end: () => void;
beforeEach(async () => {
  folder = makeScratchDir('watch');
  bus = await startBus();
  end = () => undefined;
});
afterEach(async () => {
  end();
  await bus.close();
  folder.close();
});

/** dbus-monitor on the bus of this test, which writes down its process. */
function monitor(): { program: string; pid: () => number } {
  const program = join(folder.path, 'monitor');
  const pidFile = join(folder.path, 'pid');
  const address = bus.env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  const lines = [
    '#!/bin/sh',
    `echo $$ >'${pidFile}'`,
    `DBUS_SESSION_BUS_ADDRESS='${address}' exec dbus-monitor "$@"`,
  ];
  writeFileSync(program, lines.join('\n'), { mode: 0o755 });
  return { program, pid: () => Number(readFileSync(pidFile, 'utf8')) };
}

function counted(): BusWatchEvents & { signals: number; losses: number } {
  const counts = {
    signals: 0,
    losses: 0,
    onSignal: () => void (counts.signals += 1),
    onLost: () => void (counts.losses += 1),
  };
  return counts;
}

async function watched(rules: readonly string[]) {
  const heard = counted();
  const { program, pid } = monitor();
  end = watchBusBy(program)(rules, heard);
  await waitFor(() => heard.signals > 0, { what: 'the watch' });
  return { heard, pid };
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

it('tells that a property of the notifications changed, of those it was asked for alone', async () => {
  const { heard } = await watched([kde?.changes ?? '']);
  const client = new BusClient(bus);
  const path = '/org/freedesktop/Notifications';
  const properties = {
    name: 'org.freedesktop.DBus.Properties',
    methods: {},
    signals: { PropertiesChanged: ['sa{sv}as'] },
  } as const;
  const change = (owner: string): void =>
    client.signal(path, properties, 'PropertiesChanged', owner, [], []);
  const before = heard.signals;
  change('org.dunstproject.cmd0');
  await client.call({
    ...{ destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' },
    ...{ interface: 'org.freedesktop.DBus', member: 'GetId' },
  });
  expect([heard.signals, dunst?.changes]).toEqual([before, expect.stringContaining('cmd0')]);
  change('org.freedesktop.Notifications');
  await waitFor(() => heard.signals > before, { what: 'the signal' });
  client.close();
});

it('is lost with the bus, and says so once', async () => {
  const { heard, pid } = await watched([kde?.changes ?? '']);
  await bus.close();
  await waitFor(() => heard.losses > 0, { what: 'the loss' });
  await waitFor(() => !isAlive(pid()), { what: 'the end of the program' });
  expect(heard.losses).toBe(1);
});

it('is lost where there is no such program', async () => {
  const heard = counted();
  end = watchBusBy(join(folder.path, 'none'))([], heard);
  await waitFor(() => heard.losses === 1, { what: 'the loss' });
  expect(heard.signals).toBe(0);
});

it('leaves no program behind at its end, and says nothing more', async () => {
  const { heard, pid } = await watched([kde?.changes ?? '']);
  const { signals } = heard;
  end();
  await waitFor(() => !isAlive(pid()), { what: 'the end of the program' });
  expect([heard.signals, heard.losses]).toEqual([signals, 0]);
});
