import { expect } from 'vitest';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

/** A funnel with one visitor who has asked for the white paper and holds the delivery email. */
export type Visitor = TestFunnel & {
  /** `/download/<token>` of her delivery email. */
  readonly page: string;
  /** `/unsubscribe/<token>` of her delivery email: "this was not me". */
  readonly notMe: string;
  readonly leadId: string;
  readonly get: (path: string, headers?: Record<string, string>) => ReturnType<TestFunnel['post']>;
  readonly head: (path: string, headers?: Record<string, string>) => ReturnType<TestFunnel['post']>;
  /** The lead as the store has it now. */
  readonly lead: () => ReturnType<TestFunnel['funnel']['store']['findLead']>;
  readonly row: () => Promise<Record<string, unknown> | undefined>;
};

export async function visitor(
  fields: Record<string, string> = {},
  options: Parameters<typeof testFunnel>[0] = {},
): Promise<Visitor> {
  const world = await testFunnel(options);
  const { funnel, app, inbox } = world;
  const answer = await world.signUp({ timezone: 'Europe/London', ...fields });
  expect(answer.statusCode).toBe(303);
  await world.send();
  const [email] = inbox;
  if (email === undefined) throw new Error('No delivery email came.');
  const found = await funnel.store.findLeadByEmail('ana@example.com');
  if (found === null) throw new Error('There is no lead.');
  const { leadId } = found;
  return {
    ...world,
    page: world.linkIn(email, '/download/'),
    notMe: world.linkIn(email, '/unsubscribe/'),
    leadId,
    get: async (url, headers = {}) => app.server.inject({ method: 'GET', url, headers }),
    head: async (url, headers = {}) => app.server.inject({ method: 'HEAD', url, headers }),
    lead: () => funnel.store.findLead(leadId),
    row: async () => {
      const page = await funnel.store.leadsPage({}, { after: null, limit: 10, order: 'oldest' });
      return page.rows.find((one) => one.leadId === leadId);
    },
  };
}
