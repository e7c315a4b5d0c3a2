import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOf, shortNetwork } from '../../src/kernel/network.ts';

it('counts an IPv4 address as itself, however it is written', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::FFFF:c000:0207')).toBe('192.0.2.7');
});

it('counts an IPv6 address by its /64', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('64:ff9b::192.0.2.7')).toBe('64:ff9b:0:0::/64');
});

it('counts what is no address as one network', () => {
  for (const text of ['', 'localhost', '1.2.3', '::g', '1.2.3.4, 5.6.7.8'])
    expect(networkOf(text)).toBe('unknown');
});

it('puts two addresses of one /64 together, whatever their last half', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { minLength: 12, maxLength: 12 }), (groups) => {
      const hex = groups.map((group) => group.toString(16));
      const [head, one, two] = [['2001', ...hex.slice(0, 3)], hex.slice(4, 8), hex.slice(8, 12)];
      expect(networkOf([...head, ...one].join(':'))).toBe(networkOf([...head, ...two].join(':')));
    }),
  );
});

it('accepts every address that there is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
      expect(networkOf(ip)).not.toBe('unknown');
    }),
  );
});

it('is kept only in a form that no longer tells whose line it was', () => {
  expect(shortNetwork('192.0.2.7')).toBe('192.0.2.0/24');
  expect(shortNetwork('2001:db8:1:2::/64')).toBe('2001:db8:1::/48');
  expect(shortNetwork('unknown')).toBe('unknown');
});
