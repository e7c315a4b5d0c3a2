import { describe, expect, it } from 'vitest';
import { isConserved, isOpen, mayBecome, WENT_OUT } from '../../src/kernel/ledger.ts';
import { MESSAGE_STATES } from '../../src/kernel/words.ts';
import type { MessageState } from '../../src/kernel/words.ts';

const reachable = (from: MessageState): ReadonlySet<MessageState> => {
  const found = new Set<MessageState>();
  const look = (state: MessageState) => {
    for (const next of MESSAGE_STATES.filter((one) => mayBecome(state, one) && !found.has(one))) {
      found.add(next);
      look(next);
    }
  };
  look(from);
  return found;
};

describe('the law of the ledger', () => {
  it('never takes an email back that went out', () => {
    for (const state of WENT_OUT) {
      const back = [...reachable(state)].filter((next) => isOpen(next) || next === 'cancelled');
      expect({ state, back }).toEqual({ state, back: [] });
    }
  });

  it('lets a complaint, a refusal and a skip stand for good', () => {
    for (const state of ['complained', 'failed', 'skipped'] as const) expect(reachable(state).size).toBe(0);
  });

  it('reaches every state from the plan, and no state stays as it is', () => {
    expect(reachable('planned')).toEqual(new Set(MESSAGE_STATES));
    for (const state of MESSAGE_STATES) expect(mayBecome(state, state)).toBe(false);
  });

  it('only goes forward once the provider has spoken', () => {
    expect(mayBecome('submitted', 'delivered')).toBe(true);
    expect(mayBecome('delivered', 'submitted')).toBe(false);
    expect(mayBecome('delivered', 'bounced')).toBe(true);
    expect(mayBecome('bounced', 'delivered')).toBe(false);
    expect(mayBecome('complained', 'delivered')).toBe(false);
  });
});

describe('conservation', () => {
  it('holds when every message planned is open or has one outcome', () => {
    expect(isConserved(6, { planned: 1, submitted: 2, delivered: 2, skipped: 1 })).toBe(true);
    expect(isConserved(0, {})).toBe(true);
  });

  it('does not when one is lost, or counted twice', () => {
    expect(isConserved(6, { planned: 1, submitted: 4 })).toBe(false);
    expect(isConserved(6, { planned: 1, submitted: 6 })).toBe(false);
  });
});
