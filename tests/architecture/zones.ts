/** The rooms in their order: each may know those to its left. */
export const ROOMS = [
  'kernel',
  'content',
  'leads',
  'documents',
  'mail',
  'sequence',
  'signup',
  'desk',
] as const;
type Room = (typeof ROOMS)[number];

/** Files of a room that stand at the edge though they are no `routes.ts`, each with its reason. */
const EDGE_FILES: Readonly<Record<string, string>> = {
  'desk/session.ts': 'the cookie of a session lives in request and reply',
  'desk/guard.ts': 'a guard is a hook of the routes',
  'signup/landing-page.ts': 'the page in its frame, for the routes and for what they refuse',
  'signup/refusals.ts': 'how a form is refused stands in the headers of the reply',
};

const TOP = ['main.ts', 'cli.ts', 'app.ts', 'edge.ts', 'funnel.ts', 'transports.ts', 'refusals.ts'];

/** Null: `from` may import `target` (both below `src/`). Otherwise why not. */
export function importFault(from: string, target: string): string | null {
  if (target === 'root.ts') return null;
  const zone = zoneOf(from);
  const goal = zoneOf(target);
  if (zone === 'top') return topFault(from, target);
  if (zone === 'commands') return target === 'app.ts' ? null : edgeFault(from, target);
  if (goal === 'top' || goal === 'commands') return 'only main, cli and commands know the top';
  if (zone === 'config') return within(goal, ['config', 'kernel']);
  if (zone === 'http') return within(goal, ['http', 'kernel', 'content']) ?? edgeFault(from, target);
  if (zone === 'store') return storeFault(target, goal);
  return roomFault(from, target, zone, goal);
}

/** True for the files that may know requests and replies. */
export function isEdge(path: string): boolean {
  return (
    path === 'app.ts' ||
    path.startsWith('http/') ||
    /^[a-z]+\/([a-z-]+-)?routes\.ts$/.test(path) ||
    path in EDGE_FILES
  );
}

type Zone = Room | 'http' | 'store' | 'config' | 'commands' | 'top';

function zoneOf(path: string): Zone {
  if (TOP.includes(path)) return 'top';
  const folder = path.split('/')[0] as Zone;
  const known: readonly Zone[] = [...ROOMS, 'http', 'store', 'config', 'commands'];
  if (!known.includes(folder))
    throw new Error(`${path} stands in no room: give it one, or a place in tests/architecture/zones.ts.`);
  return folder;
}

function topFault(from: string, target: string): string | null {
  const goal = zoneOf(target);
  if (from === 'main.ts')
    return target === 'cli.ts' || goal === 'commands' ? null : 'main.ts only starts the command line';
  if (from === 'cli.ts') return goal === 'commands' ? null : 'cli.ts only names the commands';
  if (goal === 'commands' || target === 'main.ts' || target === 'cli.ts')
    return 'the wiring does not know the command line';
  if (['funnel.ts', 'transports.ts'].includes(from) && isEdge(target))
    return 'the wiring does not know the edge';
  return null;
}

function roomFault(from: string, target: string, zone: Room, goal: Zone): string | null {
  if (goal === 'http') return isEdge(from) ? null : 'the rules never see a request: only routes use http/';
  if (goal === 'store') return 'a room declares what it needs in its own port.ts';
  if (goal === 'config') return 'a room is handed what it needs, it does not read the configuration';
  const fault = edgeFault(from, target);
  if (fault !== null) return fault;
  return ROOMS.indexOf(goal as Room) <= ROOMS.indexOf(zone) ? null : `${goal} stands to the right of ${zone}`;
}

function storeFault(target: string, goal: Zone): string | null {
  if (goal === 'store' || goal === 'kernel') return null;
  const known = ['content/model.ts', 'leads/timetable.ts'];
  return known.includes(target) || /[/-]port\.ts$/.test(target)
    ? null
    : 'a store knows the types and the calendar of the rooms, not their acts';
}

function edgeFault(from: string, target: string): string | null {
  if (!isEdge(target) || target.startsWith('http/')) return null;
  const sameRoom = zoneOf(from) === zoneOf(target);
  return sameRoom && isEdge(from) ? null : 'only app.ts and the same room’s edge know a room’s routes';
}

function within(goal: Zone, allowed: readonly Zone[]): string | null {
  return allowed.includes(goal) ? null : `only ${allowed.join(', ')} are below it`;
}
