import { BlockList, isIP } from 'node:net';

/** Networks of which no address is on the internet (IANA's special-purpose registries, RFC 6890). */
const PRIVATE: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const list = new BlockList();
for (const [network, bits] of PRIVATE) list.addSubnet(network, bits, isIP(network) === 4 ? 'ipv4' : 'ipv6');

/** True as well for what is no address at all. */
export function isPrivateAddress(ip: string): boolean {
  const family = isIP(ip);
  return family === 0 || list.check(ip, family === 4 ? 'ipv4' : 'ipv6');
}
