import { DAY, HOUR } from '../../kernel/clock.ts';
import type { DemoIngredients, StoreControl } from '../port.ts';
import { demoLife, drawer } from './demo-people.ts';
import type { DemoLife } from './demo-people.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { addLead } from './lead-rows.ts';
import { clicks, downloads, enrollments, messages } from './schema/ledger.ts';
import { consents, leads, signups } from './schema/people.ts';
import { rememberWording } from './wordings.ts';

const BATCH = 1000;
const DAYS = 90;

export function demoActs(ground: Ground): Pick<StoreControl, 'fillWithDemoLeads'> {
  return {
    fillWithDemoLeads: async (count, ingredients, onProgress) => {
      if (ground.sql('select 1 from leads limit 1').get() !== undefined) return 'has_leads';
      const draw = drawer(ingredients.random.fraction() * 2 ** 32);
      for (let from = 0; from < count; from += BATCH) {
        const until = Math.min(from + BATCH, count);
        await ground.commit(() => {
          for (let n = from; n < until; n += 1) {
            // Rising with the number, so that the order of rows is the order of time, as in a real database.
            const createdAt = Math.floor(ingredients.now - DAYS * DAY * (1 - (n + draw()) / count));
            addLife(ground, demoLife(n + 1, createdAt, draw, ingredients), ingredients);
          }
        });
        onProgress(until);
      }
      return 'filled';
    },
  };
}

function addLife(ground: Ground, life: DemoLife, ingredients: DemoIngredients): void {
  const { random, consent, now } = ingredients;
  const { email, firstName, timezone, offer, createdAt, confirmedAt, followUp, exit } = life;
  const attribution = { ...life.touch, term: null, content: null, referrer: null };
  if (followUp) rememberWording(ground, consent.version, consent.wording, createdAt);
  const leadId = addLead(
    ground,
    { leadId: random.uuid(), email, firstName, timezone, attribution, at: createdAt },
    null,
  );
  const signupId = ground.rows.insert(signups, {
    signupId: random.uuid(),
    leadId,
    offer,
    email,
    firstName,
    timezone,
    createdAt,
    confirmedAt,
    followUp,
    ...attribution,
    state: 'accepted',
    place: `/${offer}`,
    network: '192.0.2.1',
    consentVersion: followUp ? consent.version : null,
    consentUsedAt: followUp ? confirmedAt : null,
  });
  const event = (kind: string, at: number) =>
    recordEvent(ground, { leadId, kind, actor: 'person', at, detail: { offer } });
  event('signup.recorded', createdAt);
  addMessage(ground, ingredients, { leadId, signupId, kind: 'delivery', step: 'delivery', at: createdAt });
  const remindedAt = createdAt + DAY;
  const isReminded = (confirmedAt ?? now) > remindedAt;
  if (isReminded)
    addMessage(ground, ingredients, { leadId, signupId, kind: 'reminder', step: 'reminder', at: remindedAt });
  const sent = 1 + (isReminded ? 1 : 0) + life.steps.length;
  const lastEmailAt = life.steps.at(-1)?.at ?? (isReminded ? remindedAt : createdAt);
  const counters = { demo: true, situation: life.situation, emailsSent: sent, lastEmailAt };
  if (confirmedAt === null) {
    ground.rows.update(leads, leadId, counters);
    return;
  }
  event('signup.confirmed', confirmedAt);
  ground.rows.insert(downloads, {
    leadId,
    signupId,
    at: confirmedAt,
    contentVersion: 'demo',
    sha256: '',
    bytes: 0,
  });
  if (followUp) addSequence(ground, life, { leadId, signupId, confirmedAt }, ingredients);
  const stopped = exit !== null;
  const inForce = followUp && !stopped;
  ground.rows.update(leads, leadId, {
    ...counters,
    confirmedAt,
    downloads: 1,
    firstDownloadAt: confirmedAt,
    status: exit?.reason === 'unsubscribed' ? 'unsubscribed' : 'confirmed',
    clicks: life.steps.filter(({ clicked }) => clicked !== null).length,
    consentAt: inForce ? confirmedAt : null,
    consentVersion: inForce ? consent.version : null,
    exitReason: exit?.reason ?? null,
    stoppedAt: exit?.at ?? null,
    unsubscribedAt: exit?.reason === 'unsubscribed' ? exit.at : null,
  });
}

type Owner = { readonly leadId: number; readonly signupId: number; readonly confirmedAt: number };

function addSequence(ground: Ground, life: DemoLife, owner: Owner, ingredients: DemoIngredients): void {
  const { leadId, signupId, confirmedAt: at } = owner;
  const { wording, version } = ingredients.consent;
  const consent = { leadId, signupId, wording, version, place: `/${life.offer}` } as const;
  ground.rows.insert(consents, { ...consent, kind: 'given', tickedAt: life.createdAt, at });
  const { exit, next } = life;
  const enrollmentId = ground.rows.insert(enrollments, {
    enrollmentId: ingredients.random.uuid(),
    leadId,
    signupId,
    sequence: 'follow-up',
    pace: 'normal',
    startedAt: at,
    state: exit !== null ? 'stopped' : next !== null ? 'active' : 'finished',
    exitReason: exit?.reason ?? null,
    endedAt: exit?.at ?? (next === null ? (life.steps.at(-1)?.at ?? at) : null),
  });
  for (const { step, at: sentAt, clicked } of life.steps) {
    const messageId = addMessage(ground, ingredients, {
      leadId,
      enrollmentId,
      kind: 'step',
      step,
      at: sentAt,
    });
    if (clicked !== null) {
      ground.rows.insert(clicks, {
        leadId,
        messageId,
        slug: clicked,
        actor: 'person',
        reason: null,
        at: Math.min(sentAt + HOUR, ingredients.now),
      });
    }
  }
  if (next !== null)
    addMessage(ground, ingredients, { leadId, enrollmentId, kind: 'step', ...next, planned: true });
  if (exit === null) return;
  ground.rows.insert(consents, { ...consent, kind: 'withdrawn', tickedAt: null, at: exit.at });
  recordEvent(ground, { leadId, kind: `lead.${exit.reason}`, actor: 'person', at: exit.at });
}

type DemoMessage = {
  readonly leadId: number;
  readonly signupId?: number;
  readonly enrollmentId?: number;
  readonly kind: 'delivery' | 'reminder' | 'step';
  readonly step: string;
  readonly at: number;
  readonly planned?: boolean;
};

/** Marked, so that no index which the sender reads holds it. */
function addMessage(ground: Ground, { random }: DemoIngredients, message: DemoMessage): number {
  const { at, planned = false, ...rest } = message;
  const messageId = random.uuid();
  return ground.rows.insert(messages, {
    ...rest,
    messageId,
    request: 1,
    dueAt: at,
    readyAt: at,
    plannedAt: at,
    demo: true,
    priority: 2,
    ...(planned
      ? { state: 'planned' }
      : { state: 'delivered', submittedAt: at, endedAt: at, attempts: 1, firstAttemptAt: at }),
  });
}
