/**
 * A small network of one's own: two or three desks in networks of their own, and a router between them that can be told
 * to lose some of it or everything. One network namespace for each, joined by cable pairs. Needs root.
 *
 *   a 10.91.1.2 ── 10.91.1.1 router 10.91.2.1 ── 10.91.2.2 b          c likewise, as 3
 *
 * An app reaches its server on loopback as ever (plain ws:// is allowed there only); a tunnel leads from there over
 * the cable to the router, and from the router to the test. So a cut hits the signaling as it hits the media.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, startChild } from './child';
import { building, type Cleanup } from './cleanup';
import { makeScratchDir } from './scratch';

export type Desk = 'a' | 'b' | 'c';

export interface Network {
  /** The namespace's name, for startChild. */
  namespace(desk: Desk): string;
  /** A port on the desk's own loopback that leads over the cable and the router to a port of the test's loopback. */
  reachFromDesk(desk: Desk, port: number): Promise<number>;
  /** A port on the test's loopback that leads to a port on the desk's loopback, past all cables. */
  reachIntoDesk(desk: Desk, port: number): Promise<number>;
  /** The router loses everything between the desks; `everything`: also what they send to the server. */
  cut(what: 'media' | 'everything'): Promise<void>;
  /** The router loses everything that comes from or goes to one desk. */
  cutDesk(desk: Desk): Promise<void>;
  /** The router loses this share, 0 to 1, of the media between all desks, each packet on its own. */
  lose(share: number): Promise<void>;
  /** What the desk sends passes a line of so many kilobits a second, which keeps a third of a second waiting. */
  narrow(desk: Desk, kilobits: number): Promise<void>;
  /** Undoes every cut, loss and narrow line. */
  mend(): Promise<void>;
  /** The desk has another address from now on, as after a move from cable to radio. */
  changeAddress(desk: Desk): Promise<void>;
  close(): Promise<void>;
}

export const canMakeNetworks =
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/sbin/ip');

const subnet = { a: 1, b: 2, c: 3 } as const;
const prefix = 'pealtest';

export async function startNetwork(desks: readonly Desk[] = ['a', 'b']): Promise<Network> {
  await removeAbandoned();
  return building(async (cleanup) => {
    const name = `${prefix}${process.pid}`;
    const dir = cleanup.own(makeScratchDir('n'));
    for (const part of ['r', ...desks]) await addNamespace(`${name}${part}`, cleanup);
    for (const desk of desks) await layCable(name, desk);
    await inside(`${name}r`, ['sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    return new RoutedNetwork(name, dir.path, cleanup);
  });
}

async function addNamespace(name: string, cleanup: Cleanup): Promise<void> {
  await run('ip', ['netns', 'add', name]);
  cleanup.add(() => run('ip', ['netns', 'del', name]));
  await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
}

async function layCable(name: string, desk: Desk): Promise<void> {
  const [here, router] = [`${name}${desk}`, `${name}r`];
  const net = `10.91.${subnet[desk]}`;
  const link = ['link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', desk, 'netns', router];
  await run('ip', ['-n', here, ...link]);
  await run('ip', ['-n', here, 'addr', 'add', `${net}.2/24`, 'dev', 'eth0']);
  await run('ip', ['-n', router, 'addr', 'add', `${net}.1/24`, 'dev', desk]);
  await run('ip', ['-n', here, 'link', 'set', 'dev', 'eth0', 'up']);
  await run('ip', ['-n', router, 'link', 'set', 'dev', desk, 'up']);
  await run('ip', ['-n', here, 'route', 'replace', 'default', 'via', `${net}.1`]);
}

function inside(namespace: string, command: readonly string[]): Promise<string> {
  return run('ip', ['netns', 'exec', namespace, ...command]);
}

/** A killed test leaves its namespaces; their names say whose they were. */
async function removeAbandoned(): Promise<void> {
  const folder = '/run/netns';
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const owner = new RegExp(`^${prefix}(\\d+)[abcr]$`).exec(name)?.[1];
    if (owner && !existsSync(`/proc/${owner}`)) await run('ip', ['netns', 'del', name]);
  }
}

class RoutedNetwork implements Network {
  private tunnels = 0;
  private readonly hosts = { a: 2, b: 2, c: 2 };
  private readonly narrowed = new Set<Desk>();

  constructor(
    private readonly name: string,
    private readonly dir: string,
    private readonly cleanup: Cleanup,
  ) {}

  namespace(desk: Desk): string {
    return `${this.name}${desk}`;
  }

  async reachFromDesk(desk: Desk, port: number): Promise<number> {
    const socket = this.socketPath();
    await this.tunnel(undefined, socket, `127.0.0.1:${port}`);
    const router = `10.91.${subnet[desk]}.1`;
    const middle = await this.tunnel(`${this.name}r`, `${router}:0`, socket);
    return this.tunnel(this.namespace(desk), '127.0.0.1:0', `${router}:${middle}`);
  }

  async reachIntoDesk(desk: Desk, port: number): Promise<number> {
    const socket = this.socketPath();
    await this.tunnel(this.namespace(desk), socket, `127.0.0.1:${port}`);
    return this.tunnel(undefined, '127.0.0.1:0', socket);
  }

  async cut(what: 'media' | 'everything'): Promise<void> {
    const chains = what === 'everything' ? ['FORWARD', 'INPUT', 'OUTPUT'] : ['FORWARD'];
    await this.policy(chains, 'DROP');
  }

  async cutDesk(desk: Desk): Promise<void> {
    const ways = [
      ['FORWARD', '-i'],
      ['FORWARD', '-o'],
      ['INPUT', '-i'],
      ['OUTPUT', '-o'],
    ];
    const drop = ways.map(([chain, way]) => `iptables -A ${chain} ${way} ${desk} -j DROP`);
    await inside(`${this.name}r`, ['sh', '-c', drop.join(' && ')]);
  }

  async lose(share: number): Promise<void> {
    const some = ['-m', 'statistic', '--mode', 'random', '--probability', String(share)];
    const rule = ['iptables', '-A', 'FORWARD', '-p', 'udp', ...some, '-j', 'DROP'];
    await inside(`${this.name}r`, rule);
  }

  async narrow(desk: Desk, kilobits: number): Promise<void> {
    this.narrowed.add(desk);
    const line = ['rate', `${kilobits}kbit`, 'burst', '3000', 'latency', '300ms'];
    const rule = ['tc', 'qdisc', 'replace', 'dev', 'eth0', 'root', 'tbf', ...line];
    await inside(this.namespace(desk), rule);
  }

  async mend(): Promise<void> {
    await inside(`${this.name}r`, ['iptables', '-F']);
    for (const desk of this.narrowed) {
      await inside(this.namespace(desk), ['tc', 'qdisc', 'del', 'dev', 'eth0', 'root']);
    }
    this.narrowed.clear();
    await this.policy(['FORWARD', 'INPUT', 'OUTPUT'], 'ACCEPT');
  }

  async changeAddress(desk: Desk): Promise<void> {
    const net = `10.91.${subnet[desk]}`;
    const here = this.namespace(desk);
    const former = this.hosts[desk];
    this.hosts[desk] += 1;
    await run('ip', ['-n', here, 'addr', 'del', `${net}.${former}/24`, 'dev', 'eth0']);
    await run('ip', ['-n', here, 'addr', 'add', `${net}.${this.hosts[desk]}/24`, 'dev', 'eth0']);
    await run('ip', ['-n', here, 'route', 'replace', 'default', 'via', `${net}.1`]);
  }

  close(): Promise<void> {
    return this.cleanup.close();
  }

  private async policy(chains: readonly string[], verdict: 'DROP' | 'ACCEPT'): Promise<void> {
    const change = chains.map((chain) => `iptables -P ${chain} ${verdict}`).join(' && ');
    await inside(`${this.name}r`, ['sh', '-c', change]);
  }

  private socketPath(): string {
    this.tunnels += 1;
    return join(this.dir, `t${this.tunnels}`);
  }

  private async tunnel(
    namespace: string | undefined,
    listen: string,
    target: string,
  ): Promise<number> {
    const script = join(import.meta.dirname, 'tunnel.mjs');
    const options = namespace ? { namespace } : {};
    const child = this.cleanup.own(startChild(process.execPath, [script, listen, target], options));
    return Number(await child.firstMatch(/listening (\d+)?/));
  }
}
