import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

export const PASSWORD = 'correct horse battery staple';

export type Desk = TestFunnel & {
  /** The `Cookie` header of the signed-in coach. */
  readonly cookie: string;
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
  const cookie = cookieOf(answer);
  return {
    ...made,
    cookie,
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
