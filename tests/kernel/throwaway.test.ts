import { expect, it } from 'vitest';
import { isThrowaway } from '../../src/kernel/throwaway.ts';

it('knows the domains that give mailboxes to throw away, and those below them', async () => {
  for (const domain of [
    'mailinator.com',
    'MAILINATOR.com',
    'a.b.mailinator.com',
    'yopmail.com',
    'guerrillamail.com',
  ])
    expect([domain, await isThrowaway(`maria@${domain}`)]).toEqual([domain, true]);
});

it('takes no provider of real mailboxes for one, nor a service that hides an address and passes emails on', async () => {
  const real = `gmail.com outlook.com hotmail.com yahoo.ca icloud.com proton.me gmx.de mail.com fastmail.com rogers.com example.com
    privaterelay.appleid.com duck.com mozmail.com example.co.uk amailinator.example`;
  for (const domain of real.split(/\s+/))
    expect([domain, await isThrowaway(`maria@${domain}`)]).toEqual([domain, false]);
});
