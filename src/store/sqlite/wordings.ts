import type { SignupStore } from '../../signup/port.ts';
import type { Ground } from './ground.ts';

export function wordingActs(ground: Ground): Pick<SignupStore, 'rememberConsentWording' | 'consentWording'> {
  return {
    rememberConsentWording: async (version, wording, at) => {
      // Asked for at every start: no write when it is known.
      if (wordingOf(ground, version) !== null) return;
      await ground.commit(() => rememberWording(ground, version, wording, at));
    },
    consentWording: async (version) => wordingOf(ground, version),
  };
}

/** A version is made from its words: the first that came under it stays. */
export function rememberWording(ground: Ground, version: string, wording: string, at: number): void {
  ground
    .sql('insert into consent_wordings (version, wording, at) values (?, ?, ?) on conflict do nothing')
    .run(version, wording, at);
}

export function wordingOf(ground: Ground, version: string): string | null {
  return (
    ground.sql<{ wording: string }>('select wording from consent_wordings where version = ?').get(version)
      ?.wording ?? null
  );
}
