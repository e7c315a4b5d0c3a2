import { describe, expect, it } from 'vitest';
import { readPress } from '../../src/signup/download.ts';
import { paperFor } from '../../src/signup/paper.ts';
import type { SignupView } from '../../src/signup/port.ts';

const situations = [{ key: 'between-roles', label: 'I am between roles' }];
const view: SignupView = {
  signupId: 's',
  leadId: 'l',
  offer: 'white-paper',
  language: 'en',
  email: 'ana@example.com',
  firstName: 'Ana',
  situation: 'between-roles',
  targetRole: 'CFO',
  timezone: null,
  followUp: null,
  createdAt: 0,
  confirmedAt: null,
  inSequence: false,
  nextStepAt: null,
  hasFollowed: false,
};
const read = (fields: Record<string, string>) => readPress(fields, view, situations);

describe('the press on the download page', () => {
  it('leaves everything as it is when no field comes along', () => {
    expect(read({})).toEqual({
      ok: true,
      press: { firstName: null, situation: 'between-roles', targetRole: 'CFO', declined: false },
    });
  });

  it('takes an answer back that is sent empty, and keeps the name', () => {
    expect(read({ first_name: '', situation: '', target_role: '' })).toEqual({
      ok: true,
      press: { firstName: null, situation: null, targetRole: null, declined: false },
    });
  });

  it('tidies what was typed', () => {
    const reading = read({ first_name: '  Ana \u202e Sofía ', target_role: 'Chief   Officer\t' });
    expect(reading).toMatchObject({ press: { firstName: 'Ana Sofía', targetRole: 'Chief Officer' } });
  });

  it('names every wrong field at once', () => {
    expect(read({ first_name: '\u0007\u0007', situation: 'pirate', target_role: 'x'.repeat(81) })).toEqual({
      ok: false,
      problems: [
        { field: 'first_name', kind: 'name_empty' },
        { field: 'situation', kind: 'situation_unknown' },
        { field: 'target_role', kind: 'role_too_long' },
      ],
    });
    expect(read({ first_name: 'x'.repeat(81) })).toMatchObject({ problems: [{ kind: 'name_too_long' }] });
  });

  it('declines the follow-up only by the second button', () => {
    expect(read({ follow_up: 'no' })).toMatchObject({ press: { declined: true } });
    expect(read({ follow_up: 'yes' })).toMatchObject({ press: { declined: false } });
  });
});

const TORONTO = { paper: null, timeZone: 'America/Toronto' };
const BERLIN = { paper: null, timeZone: 'Europe/Berlin' };

describe('the paper', () => {
  it('is Letter for the United States and Canada, by any of a zone’s names', () => {
    for (const zone of [
      'America/New_York',
      'US/Pacific',
      'Pacific/Honolulu',
      'America/Toronto',
      'America/Montreal',
    ]) {
      expect([zone, paperFor(zone, { paper: 'a4', timeZone: 'Europe/Berlin' })]).toEqual([zone, 'letter']);
    }
  });

  it('is A4 everywhere else, whatever the coach uses herself', () => {
    for (const zone of ['Europe/London', 'America/Sao_Paulo', 'Asia/Tokyo']) {
      expect([zone, paperFor(zone, { paper: 'letter', timeZone: 'America/Toronto' })]).toEqual([zone, 'a4']);
    }
  });

  it('is what the coach has set, or else what is usual at her place, where the zone tells of none', () => {
    for (const zone of [null, 'UTC', 'Etc/GMT+5', 'Mars/Olympus']) {
      expect([zone, paperFor(zone, TORONTO), paperFor(zone, BERLIN)]).toEqual([zone, 'letter', 'a4']);
      expect(paperFor(zone, { ...BERLIN, paper: 'letter' })).toBe('letter');
      expect(paperFor(zone, { ...TORONTO, paper: 'a4' })).toBe('a4');
    }
  });
});
