import { progressBar } from './progress.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf, openFunnel } from './with-funnel.ts';

/** `funnel demo`: fills an empty database with made-up leads, which the sender never touches. */
export async function demoCommand(terminal: Terminal, options: { readonly leads: string }): Promise<void> {
  const count = /^\d{1,7}$/.test(options.leads) ? Number(options.leads) : 0;
  if (count < 1 || count > 2_000_000) {
    throw new CommandStop(EXIT.usage, '--leads takes a whole number from 1 to 2000000.');
  }
  const config = configOf(terminal);
  if (config.mail.live) {
    throw new CommandStop(
      EXIT.configuration,
      'Made-up leads are refused where emails go to real people. Use another DATA_DIR, without RESEND_API_KEY and SMTP_URL.',
    );
  }
  const funnel = await openFunnel(config);
  try {
    const bar = progressBar(terminal, funnel.clock, 'leads', count);
    const { offers, site, sequence, posts, consent } = funnel.content.current();
    const filled = await funnel.store.fillWithDemoLeads(
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
      bar.at,
    );
    bar.end();
    if (filled === 'has_leads') {
      throw new CommandStop(
        EXIT.failed,
        'This database has leads already; made-up ones go into an empty one only. Use another DATA_DIR.',
      );
    }
    terminal.err(
      `${count} made-up leads written. Their addresses end in .example, and nothing is ever sent to them.\n`,
    );
  } finally {
    await funnel.close();
  }
}
