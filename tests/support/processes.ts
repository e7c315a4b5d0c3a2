import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Whether this system tells of its processes as Linux does; elsewhere the functions below throw. */
export const CAN_LOOK = existsSync(`/proc/self/task/${process.pid}/children`);

/** The processes that this one has begun, whichever of its threads did. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/** Waits until a process has slept for a second: nothing but time tells that it has no more to print. */
export async function untilIdle(pid: number): Promise<void> {
  let [used, calm] = ['', 0];
  while (calm < 10) {
    await wait(100);
    const { state, ticks } = workOf(pid);
    calm = state === 'S' && ticks === used ? calm + 1 : 0;
    used = ticks;
  }
}

/** `S` is asleep; ticks of the processor, by the program and for it (proc(5): fields 3, 14 and 15; the name before may hold blanks). */
function workOf(pid: number): { readonly state: string; readonly ticks: string } {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [state = '', ...fields] = rest.split(' ');
  return { state, ticks: fields.slice(10, 12).join(' ') };
}
