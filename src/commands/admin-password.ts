import { hashPassword, passwordProblem } from '../desk/password.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

/** `funnel admin password`: sets the desk's password from standard input, ends all sessions and voids the set-up link. */
export async function adminPasswordCommand(terminal: Terminal, options: { readonly email?: string }): Promise<void> {
  const password = (await terminal.readInput()).replace(/\r?\n$/, '');
  const problem = passwordProblem(password);
  if (problem !== null) throw new CommandStop(EXIT.failed, problem);
  await withFunnel(terminal, async ({ store, clock, random }) => {
    await store.setPassword({
      accountId: random.uuid(),
      email: options.email ?? null,
      passwordHash: await hashPassword(password),
      at: clock.now(),
    });
  });
  terminal.err('The password is set. Everybody who was signed in is signed out.\n');
}
