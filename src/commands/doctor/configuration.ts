import { diskFaults } from '../../desk/health.ts';
import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { MINUTE } from '../../kernel/clock.ts';
import { sendingRefusals } from '../../refusals.ts';
import { folderChecks } from './folder.ts';
import type { Outside, Patient } from './patient.ts';

/** Settings, the data folder, the secret, the clock. What no program can start with was refused before (78). */
export async function configurationChecks(
  patient: Patient,
  outside: Outside | null,
): Promise<readonly Check[]> {
  const { config } = patient;
  const full = await diskFaults(config.dataDir);
  return [
    ok('settings', `All can be read. ${wayOut(patient)}`),
    await addressCheck(patient, outside),
    ...(await refusals(patient)),
    ...folderChecks(config, patient.inspected.kind === 'none'),
    // Without a database the folder need not even be there.
    ...(patient.store === null
      ? []
      : full.map((says) => wrong('disk', says, 'Make room, or mend the folder, before anything else.'))),
    await clockCheck(patient),
  ];
}

function wayOut({ config }: Patient): string {
  const way: string = config.mail.transport.kind;
  if (way === 'outbox') return 'Emails are written to files, none is sent.';
  return config.mail.live ? `Emails go out through ${way}.` : `Emails go to a ${way} on this machine.`;
}

/** Links in emails lead to this address, for good. */
async function addressCheck({ config }: Patient, outside: Outside | null): Promise<Check> {
  const { publicUrl, mail } = config;
  if (publicUrl === null) return ok('PUBLIC_URL', 'Links lead to this machine, as long as nothing is sent.');
  if (!mail.live) return ok('PUBLIC_URL', `Links lead to ${publicUrl}.`);
  if (outside === null) return unknown('PUBLIC_URL', `Links lead to ${publicUrl}; not asked (--offline).`);
  const answer = await outside.probe(`${publicUrl}/healthz`, new AbortController().signal);
  if (answer.kind === 'answered' && answer.status === 200) return ok('PUBLIC_URL', `${publicUrl} answers.`);
  if (answer.kind === 'answered') {
    const says = `${publicUrl}/healthz answers ${answer.status}: another program, or a proxy that does not reach this one.`;
    return wrong(
      'PUBLIC_URL',
      says,
      'Every link in the emails leads there. Start the server, and look at the reverse proxy.',
    );
  }
  return unknown(
    'PUBLIC_URL',
    answer.kind === 'private'
      ? `From here ${publicUrl} leads into a private network. Look with a telephone.`
      : `From here ${publicUrl} does not answer (${answer.code}). Look with a telephone.`,
  );
}

async function refusals({ config, contentInForce, store }: Patient): Promise<readonly Check[]> {
  if (contentInForce === null || store === null) return [];
  const judged = { config, store, content: { current: () => contentInForce } };
  return (await sendingRefusals(judged, false)).map((says) =>
    wrong('sending', says, 'Until then the server does not start.'),
  );
}

/** Beyond this a clock is wrong and not only a little off. */
const SKEW = 5 * MINUTE;

/** A clock that runs behind what is written already keeps every email back. */
async function clockCheck({ config, clock, store }: Patient): Promise<Check> {
  const now = clock.now();
  const last = (await store?.timeSpan())?.last ?? 0;
  const shown = new Date(now).toISOString();
  if (last - now > SKEW) {
    const says = `The clock says ${shown}, and the database has a line of ${new Date(last).toISOString()}.`;
    const remedy =
      'Set the machine’s clock. If it was a rehearsal with FUNNEL_CLOCK, examine its folder with the same clock.';
    return wrong('clock', says, remedy);
  }
  const by = config.clockStart === null ? '' : ', as FUNNEL_CLOCK wants it';
  const held = store === null ? '.' : '; nothing in the database is later.';
  return ok('clock', `${shown}${by}${held}`);
}
