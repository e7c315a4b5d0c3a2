import { readFileSync, writeFileSync } from 'node:fs';

/** MiB that a process holds now (VmRSS; proc(5)). */
export function residentOf(pid: number): number {
  return statusOf(pid, 'VmRSS');
}

/** MiB that only this process holds: Node's program file, which it shares with every other Node, does not count. */
export function anonymousOf(pid: number): number {
  return statusOf(pid, 'RssAnon');
}

/** The most MiB that a process held at any time (VmHWM) since it began, or since `resetPeak`: the system itself keeps watch. */
export function peakOf(pid: number): number {
  return statusOf(pid, 'VmHWM');
}

/** Puts the mark of `peakOf` to what the process holds now. False where that is forbidden, or the kernel cannot. */
export function resetPeak(pid: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}

function statusOf(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
}
