import { MINUTE } from '../../src/kernel/clock.ts';
import { tokenHash } from '../../src/desk/sign-in.ts';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

export const PASSWORD = 'correct horse battery staple';

export type Desk = TestFunnel & {
  /** The `Cookie` header of the signed-in coach. */
  readonly cookie: string;
  /** Lets time pass, in milliseconds; the coach signs in anew afterwards. */
  readonly later: (milliseconds: number) => Promise<void>;
  /** A page of the desk as the coach sees it. */
  readonly get: (url: string, headers?: Readonly<Record<string, string>>) => ReturnType<TestFunnel['post']>;
  /** A form of the desk as the coach sends it. */
  readonly submit: (url: string, fields?: Readonly<Record<string, string>>) => ReturnType<TestFunnel['post']>;
};

/** A funnel whose desk has a password, with the coach signed in. */
export async function signedInDesk(...options: Parameters<typeof testFunnel>): Promise<Desk> {
  const made = await testFunnel(...options);
  const token = await made.setup.link();
  const answer = await made.post(`/admin/setup/${token}`, { password: PASSWORD });
  let cookie = cookieOf(answer);
  return {
    ...made,
    get cookie() {
      return cookie;
    },
    later: async (milliseconds) => {
      made.clock.advance(milliseconds);
      const { store, random, clock } = made.funnel;
      const [account] = await store.accounts();
      const fresh = random.token(32);
      const session = { tokenHash: tokenHash(fresh), accountId: account?.accountId ?? '', at: clock.now() };
      await store.startSession(session);
      cookie = `desk=${fresh}`;
    },
    get: (url, headers = {}) => made.app.server.inject({ url, headers: { cookie, ...headers } }),
    submit: (url, fields = {}) => made.post(url, fields, { cookie }),
  };
}

/** The cookie that an answer sets, ready to be sent back. */
export function cookieOf(answer: { readonly cookies: readonly { name: string; value: string }[] }): string {
  return answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Adds made-up leads, as `funnel demo` does. */
export async function addDemoLeads({ funnel }: Pick<TestFunnel, 'funnel'>, count: number): Promise<void> {
  const { offers, site, sequence, posts, consent } = funnel.content.current();
  await funnel.store.fillWithDemoLeads(
    count,
    {
      random: funnel.random,
      now: funnel.clock.now(),
      offers: offers.map(({ key }) => key),
      situations: site.situations.map(({ key }) => key),
      steps: sequence.map(({ key }) => key),
      posts: posts.map(({ slug }) => slug),
      consent,
    },
    () => {},
  );
}

/** Signs Ana, or somebody else, up with follow-ups and presses the button of her download page. @returns her id. */
export async function confirmedLead(
  desk: Desk,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const email = fields['email'] ?? 'ana@example.com';
  await desk.signUp({ follow_up: 'yes', ...fields });
  await desk.send();
  const delivery = desk.inbox.findLast(({ to }) => to === email);
  if (delivery === undefined) throw new Error('No delivery email.');
  desk.clock.advance(MINUTE);
  const answer = await desk.post(desk.linkIn(delivery, '/download/'), {});
  if (answer.statusCode !== 303) throw new Error('The press failed.');
  const lead = await desk.funnel.store.findLeadByEmail(email);
  return lead?.leadId ?? '';
}
