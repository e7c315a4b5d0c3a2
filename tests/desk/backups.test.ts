import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { backupWarning, madeAt, newestBackup, nightlyName, superfluous } from '../../src/desk/backups.ts';
import { BACKUP_LAST } from '../../src/desk/backup-facts.ts';
import { createNightlyBackups } from '../../src/desk/nightly.ts';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import type { Log } from '../../src/kernel/log.ts';
import { noteSetting } from '../../src/store/sqlite/note.ts';
import { testClock } from '../support/clock.ts';
import { freshFolder } from '../support/store.ts';
import { testFunnel } from '../support/funnel.ts';

// A Thursday.
const NOW = Date.parse('2026-11-26T03:00:00Z');

describe('which nightly backups stay', () => {
  /** A backup every day, and after each the old ones deleted. */
  function after(days: number): readonly string[] {
    let names: readonly string[] = ['before-2-2026-01-01.db', 'mine.db'];
    for (let day = 0; day < days; day += 1) {
      names = [...names, nightlyName(NOW + day * DAY)];
      const old = superfluous(names, NOW + day * DAY);
      names = names.filter((name) => !old.includes(name));
    }
    return names.filter((name) => madeAt(name) !== null);
  }

  it('seven of the last days, and four of the weeks before', () => {
    expect(after(5)).toHaveLength(5);
    const names = after(100);
    const ages = names.map((name) => (NOW + 99 * DAY - (madeAt(name) ?? 0)) / DAY);
    // Day 99 is a Friday: the Sundays before the seven days are 12, 19, 26 and 33 days old; of this week's the newest waits for its Sunday.
    expect(ages).toHaveLength(11);
    expect(ages.slice(-7)).toEqual([6, 5, 4, 3, 2, 1, 0]);
    for (const age of ages.slice(0, 3)) expect(new Date(NOW + (99 - age) * DAY).getUTCDay()).toBe(0);
    expect(ages[0]).toBeGreaterThan(21);
  });

  it('those of other names are nobody’s business', () => {
    const others = ['before-2-2026-01-01.db', 'mine.db', 'nightly-2026-13-01T00-00-00Z.db', 'replaced-x'];
    expect(superfluous(others, NOW)).toEqual([]);
  });

  it('none that is five weeks older than the newest, whatever the gaps', () => {
    // Made on some days only, as on a machine that is mostly off.
    const ages = [0, 3, 11, 20, 33, 34, 35, 40, 60, 90, 200];
    const names = ages.map((age) => nightlyName(NOW - age * DAY));
    const old = superfluous(names, NOW);
    const kept = ages.filter((_, n) => !old.includes(names[n]!));
    expect(kept).toEqual([0, 3, 11, 20, 33]);
    // Every week one, of which four lie within the seven days and the four weeks.
    const weeks = Array.from({ length: 12 }, (_, week) => nightlyName(NOW - week * 7 * DAY));
    expect(superfluous(weeks, NOW)).toEqual(weeks.slice(5));
  });

  it('those from the future do not drive out today’s, and stay', () => {
    const names = [nightlyName(NOW + 400 * DAY), nightlyName(NOW), nightlyName(NOW - DAY)];
    expect(superfluous(names, NOW)).toEqual([]);
  });

  it('of several on one day the newest', () => {
    const [early, late] = [nightlyName(NOW), nightlyName(NOW + HOUR)];
    expect(superfluous([early, late], NOW + HOUR)).toEqual([early]);
    expect([early, late].toSorted()).toEqual([early, late]);
  });
});

describe('the nightly backup', () => {
  function nightly(
    options: { readonly firstLead?: number | null; readonly fails?: boolean; readonly lasts?: boolean } = {},
  ) {
    const dataDir = freshFolder();
    const clock = testClock('2026-11-26T03:00:00Z');
    const settings = new Map<string, string>();
    const errors: string[] = [];
    const log: Log = {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (_, text) => void errors.push(text),
    };
    const backups = createNightlyBackups({
      store: {
        firstLeadAt: async () => (options.firstLead === undefined ? NOW : options.firstLead),
        setSetting: async (key, value) => void settings.set(key, value),
      },
      write: async (file, signal) => {
        if (options.lasts === true) {
          if (!signal.aborted) await once(signal, 'abort');
          return { ok: false, problem: 'It was stopped.', isStopped: true };
        }
        if (options.fails === true) return { ok: false, problem: 'The disk is full.', isStopped: false };
        writeFileSync(file, '');
        return { ok: true };
      },
      dataDir,
      clock,
      log,
    });
    const folder = join(dataDir, 'backups');
    const names = () => (existsSync(folder) ? readdirSync(folder).toSorted() : []);
    return { backups, clock, settings, errors, names, folder };
  }

  it('is made once a UTC day', async () => {
    const { backups, clock, names } = nightly();
    for (let hour = 0; hour < 48; hour += 1) {
      await backups.look();
      clock.advance(HOUR);
    }
    expect(names()).toEqual([
      'nightly-2026-11-26T03-00-00Z.db',
      'nightly-2026-11-27T00-00-00Z.db',
      'nightly-2026-11-28T00-00-00Z.db',
    ]);
  });

  it('is not made before there is a lead', async () => {
    const { backups, names } = nightly({ firstLead: null });
    await backups.look();
    expect(names()).toEqual([]);
  });

  it('clears away what a killed server left of one', async () => {
    const { backups, names, folder } = nightly();
    mkdirSync(folder);
    for (const name of ['nightly-2026-11-25T03-00-00Z.db.AAAAAAAA.partial', 'mine.partial'])
      writeFileSync(join(folder, name), '');
    await backups.look();
    expect(names()).toEqual(['mine.partial', 'nightly-2026-11-26T03-00-00Z.db']);
  });

  it('is given up when the server ends, which is no fault', async () => {
    const { backups, settings, errors, names } = nightly({ lasts: true });
    const looking = backups.look();
    await setImmediate();
    await backups.stop();
    await looking;
    expect([settings.size, errors, names()]).toEqual([0, [], []]);
  });

  it('that fails is logged and told, and deletes nothing', async () => {
    const { backups, settings, errors } = nightly({ fails: true });
    await backups.look();
    expect(settings.get('backup.fault')).toBe('The disk is full.');
    expect(errors).toEqual(['the nightly backup failed; it is tried again within the hour']);
  });
});

describe('a warning about backups', () => {
  const well = { newest: NOW - 47 * HOUR, firstLead: NOW - 90 * DAY, fault: '', now: NOW };
  it.each([
    ['none when the newest is younger than two days', {}, null],
    ['its age when it is older', { newest: NOW - 50 * HOUR }, 'The newest backup is 50 hours old.'],
    ['that there is none', { newest: null }, 'There is no backup of the last two days.'],
    ['none for a database that is younger itself', { newest: null, firstLead: NOW - DAY }, null],
    ['none without a lead', { newest: null, firstLead: null, fault: 'x' }, null],
    ['why the last one failed', { fault: 'The disk is full.' }, 'The last nightly backup failed.'],
  ] as const)('tells %s', (_, change, warning) => {
    expect(backupWarning({ ...well, ...change })).toBe(warning);
  });

  it('makes /readyz “degraded”, and a nightly backup ends it', async () => {
    const house = await testFunnel({ now: '2026-11-22T09:00:00Z' });
    const readiness = async () => JSON.parse((await house.app.server.inject('/readyz')).body) as unknown;
    await house.signUp();
    await house.send();
    expect(await readiness()).toEqual({ status: 'ok' });
    house.clock.advance(3 * DAY);
    await house.send();
    expect(await readiness()).toEqual({
      status: 'degraded',
      reasons: ['There is no backup of the last two days.'],
    });
    mkdirSync(join(house.dataDir, 'backups'));
    const backUp = (at: number) => writeFileSync(join(house.dataDir, 'backups', nightlyName(at)), '');
    // One that was made while the clock was a year ahead says nothing of today.
    backUp(house.clock.now() + 365 * DAY);
    await house.funnel.store.setSetting(BACKUP_LAST, String(house.clock.now() + 365 * DAY));
    expect(await readiness()).toMatchObject({ status: 'degraded' });
    backUp(house.clock.now());
    expect(await newestBackup(house.dataDir, house.clock.now())).toBe(house.clock.now());
    expect(await readiness()).toEqual({ status: 'ok' });
  });

  it('is ended by a backup that the command made as well, and by none that is old', async () => {
    const house = await testFunnel({ now: '2026-11-22T09:00:00Z' });
    await house.signUp();
    await house.send();
    house.clock.advance(3 * DAY);
    await house.send();
    const reasons = async () =>
      (JSON.parse((await house.app.server.inject('/readyz')).body) as { reasons?: string[] }).reasons;
    noteSetting(house.dataDir, BACKUP_LAST, String(house.clock.now() - 50 * HOUR));
    expect(await reasons()).toEqual(['The newest backup is 50 hours old.']);
    noteSetting(house.dataDir, BACKUP_LAST, String(house.clock.now() - HOUR));
    expect(await reasons()).toBeUndefined();
  });
});
