/** A session bus of one's own, without services: nothing on the machine is started or asked by an app under test. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, type Env } from './child';
import { building } from './cleanup';
import { makeScratchDir } from './scratch';

export interface Bus {
  readonly env: Env;
  close(): Promise<void>;
}

const configuration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** A bus answers only those who started it: `as` are the words before a command of another person. */
export async function startBus(as: readonly string[] = []): Promise<Bus> {
  return building(async (cleanup) => {
    const dir = cleanup.own(makeScratchDir('d'));
    const file = join(dir.path, 'bus.conf');
    writeFileSync(file, configuration);
    // The file is read by whoever starts it here: others may not look into a checkout.
    const read = `exec "$@" --config-file=/dev/fd/3 3<"$0"`;
    const daemon = cleanup.own(
      startChild('sh', ['-c', read, file, ...as, 'dbus-daemon', '--nofork', '--print-address']),
    );
    const address = await daemon.firstMatch(/^(\S+)\n/);
    const env = { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address };
    return { env, close: () => cleanup.close() };
  });
}
