/** The machine that a bench ran on, how busy it was, and what its processes take: read from /proc. */
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** What /proc counts time in: a hundredth of a second on every Linux there is. */
const ticksPerSecond = 100;

export function machine(display?: string): object {
  const processors = cpus();
  return {
    system: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    ...(display !== undefined && { display }),
  };
}

/** Processor time of a process with all its threads, in seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold spaces; what follows it may not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Seconds that a core, or all of them together, has worked since the machine started. */
export function busySeconds(core?: number): number {
  const name = core === undefined ? 'cpu' : `cpu${core}`;
  const line = readFileSync('/proc/stat', 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${name} `));
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (line ?? '')
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
}

export function loadAverage(): string {
  return existsSync('/proc/loadavg') ? readFileSync('/proc/loadavg', 'utf8').trim() : 'unknown';
}

/** Resident memory of one process, in bytes. */
export function residentBytes(pid: number): number {
  return kilobytesIn(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB$/m) * 1024;
}

/** Each page counted by its share: the only sum over processes that counts nothing twice. In bytes. */
export function proportionalBytes(pid: number): number {
  return kilobytesIn(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB$/m) * 1024;
}

function kilobytesIn(file: string, pattern: RegExp): number {
  const [, kilobytes] = pattern.exec(readFileSync(file, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`${file} does not tell.`);
  return Number(kilobytes);
}

/** The living processes of a session (setsid): its leader and everything that descends from it. */
export function processesOfSession(session: number): number[] {
  return allProcesses().filter((pid) => isOfSession(pid, session));
}

export function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The file that the process runs; null when it has ended or is none of ours. */
export function programOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

function isOfSession(pid: number, session: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , , sid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(sid) === session && state !== 'Z' && state !== 'X';
  } catch {
    // It has ended between the list and this question.
    return false;
  }
}
