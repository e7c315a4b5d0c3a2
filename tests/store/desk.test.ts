import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { freshStore, START, uuid } from '../support/store.ts';

const account = (email: string | null, passwordHash: string) => ({
  accountId: uuid(),
  email,
  passwordHash,
  at: START,
});

describe('the desk’s account', () => {
  it('is made once and then only changes its password', async () => {
    const { store } = freshStore();
    expect(await store.accounts()).toEqual([]);
    const first = account(null, 'one');
    await store.setPassword(first);
    await store.setPassword(account(null, 'two'));
    expect(await store.accounts()).toEqual([
      { accountId: first.accountId, email: null, passwordHash: 'two' },
    ]);
    await store.setPassword(account('Coach@example.com', 'three'));
    expect(await store.accounts()).toEqual([
      { accountId: first.accountId, email: 'coach@example.com', passwordHash: 'three' },
    ]);
    await store.setPassword(account('other@example.com', 'four'));
    expect(await store.accounts()).toHaveLength(2);
  });

  it('loses all its sessions with its old password', async () => {
    const { store } = freshStore();
    const { accountId, ...rest } = account(null, 'one');
    await store.setPassword({ accountId, ...rest });
    await store.startSession({ tokenHash: 't', accountId, at: START });
    expect(await store.useSession('t', START + MINUTE)).toMatchObject({ accountId });
    await store.setPassword({ accountId, ...rest, passwordHash: 'two' });
    expect(await store.useSession('t', START + MINUTE)).toBeNull();
  });

  it('has one bearer token for the CSV', async () => {
    const { store } = freshStore();
    const { accountId, ...rest } = account(null, 'one');
    await store.setPassword({ accountId, ...rest });
    await store.setCsvToken(accountId, 'a', START);
    await store.setCsvToken(accountId, 'b', START);
    expect(await store.csvTokenAccount('a')).toBeNull();
    expect(await store.csvTokenAccount('b')).toBe(accountId);
  });
});

describe('a session', () => {
  it('ends after half an hour unused, after twelve hours in any case, and when it is ended', async () => {
    const { store } = freshStore();
    const { accountId, ...rest } = account(null, 'one');
    await store.setPassword({ accountId, ...rest });
    for (const tokenHash of ['idle', 'used', 'ended'])
      await store.startSession({ tokenHash, accountId, at: START });
    expect(await store.useSession('idle', START + 30 * MINUTE + 1)).toBeNull();
    for (let at = START; at < START + 12 * HOUR; at += 29 * MINUTE)
      expect(await store.useSession('used', at)).not.toBeNull();
    expect(await store.useSession('used', START + 12 * HOUR)).toBeNull();
    await store.endSession('ended');
    expect(await store.useSession('ended', START)).toBeNull();
    expect(await store.useSession('unknown', START)).toBeNull();
  });
});

it('wrong passwords are counted for a key, since an instant, until they are cleared', async () => {
  const { store } = freshStore();
  for (const minutes of [0, 5, 9]) await store.recordWrongPassword('network', START + minutes * MINUTE);
  await store.recordWrongPassword('other', START);
  expect(await store.wrongPasswords('network', START + MINUTE)).toEqual({
    count: 2,
    oldest: START + 5 * MINUTE,
  });
  await store.clearWrongPasswords('network');
  expect(await store.wrongPasswords('network', 0)).toEqual({ count: 0, oldest: null });
  expect(await store.wrongPasswords('other', 0)).toEqual({ count: 1, oldest: START });
});
