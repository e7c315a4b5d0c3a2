import { isIP } from 'node:net';

/**
 * What counts as one visitor's network: an IPv4 address as it is, of IPv6 the /64 that one household or server is given.
 * IPv4 written as IPv6 (`::ffff:192.0.2.1`) counts as IPv4. What is no address is one network: `unknown`.
 */
export function networkOf(ip: string): string {
  const address = ip.split('%')[0] ?? '';
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return 'unknown';
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return [groups[6] ?? 0, groups[7] ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/**
 * A network as it may be kept: of IPv4 the first three numbers, of IPv6 the /48. It tells a flood's direction, and no longer
 * whose line it was (the privacy page promises a shortened form).
 */
export function shortNetwork(network: string): string {
  const address = network.split('/')[0] ?? '';
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(address) !== 6) return network;
  return `${groupsOf(address)
    .slice(0, 3)
    .map((group) => group.toString(16))
    .join(':')}::/48`;
}

/** Whether the host of a URL is this machine itself. IPv6 with or without brackets. */
export function isLoopbackHost(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The eight groups of an IPv6 address that `isIP` has accepted. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const before = groupsIn(head);
  if (tail === undefined) return before;
  const after = groupsIn(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function groupsIn(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}
