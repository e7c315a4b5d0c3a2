import { hashPassword, passwordProblem } from '../desk/password.ts';
import { accountKey } from '../desk/sign-in.ts';
import { parseAddress } from '../kernel/address.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf, withFunnel } from './with-funnel.ts';

/** `funnel admin password`: sets the desk's password from standard input, ends all sessions and voids the set-up link. */
export async function adminPasswordCommand(
  terminal: Terminal,
  options: { readonly email?: string },
): Promise<void> {
  const email = options.email === undefined ? null : addressIn(options.email);
  // Before anything is typed: a wrong configuration would only throw the password away.
  configOf(terminal);
  const password = (await terminal.readInput()).replace(/\r?\n$/, '');
  const problem = passwordProblem(password);
  if (problem !== null) throw new CommandStop(EXIT.failed, problem);
  await withFunnel(terminal, async ({ store, clock, random }) => {
    const passwordHash = await hashPassword(password);
    await store.setPassword({ accountId: random.uuid(), email, passwordHash, at: clock.now() });
    // Whoever sets a new password from the machine itself is not kept out by somebody's wrong guesses.
    for (const { accountId } of await store.accounts())
      await store.clearWrongPasswords(accountKey(accountId));
  });
  terminal.err('The password is set. Everybody who was signed in is signed out.\n');
}

function addressIn(text: string): string {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new CommandStop(EXIT.usage, `“${text}” is no email address.`);
  return parsed.address;
}
