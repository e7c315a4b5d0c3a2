import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signingSecrets } from '../../src/config/secret.ts';
import { freshFolder } from '../support/store.ts';

describe('the signing secret', () => {
  it('is made once, for this user only, and kept', () => {
    const dataDir = join(freshFolder(), 'data');
    const first = signingSecrets(null, dataDir);
    expect(first.ok && first.secrets[0]).toMatch(/^[\w-]{43}$/);
    expect(signingSecrets(null, dataDir)).toEqual(first);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['secret']);
  });

  it('is not made when the configuration brings one', () => {
    const dataDir = freshFolder();
    expect(signingSecrets(['configured'], dataDir)).toEqual({ ok: true, secrets: ['configured'] });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('is refused when it is damaged: an empty key would sign everybody’s links', () => {
    const dataDir = freshFolder();
    const path = join(dataDir, 'secret');
    writeFileSync(path, '\n');
    chmodSync(path, 0o600);
    expect(signingSecrets(null, dataDir)).toMatchObject({ ok: false });
    expect(readFileSync(path, 'utf8')).toBe('\n');
  });
});
