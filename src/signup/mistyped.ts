import { bareAddress, isLargeMailProvider, parseAddress } from '../kernel/address.ts';
import { isSlipOf } from './slips.ts';

/**
 * The address that was probably meant, where the typed one is most likely a slip of the finger at a mail provider's name; null
 * where nothing speaks for it. It is only ever a question: a wrong guess costs a press, a missed one an email that goes astray. So
 * it asks only where the typed domain is none that people have addresses at, as far as anybody can know without asking the
 * network: a company one letter beside a provider (AON beside AOL, Citrix' cloud.com beside icloud.com) is never questioned.
 * @param text the email field as typed, also one that is no address at all (`maria@gmail,com`, `maria@gmail`).
 */
export function likelyMeant(text: string): string | null {
  const typed = parseAddress(text);
  const [local, host, ...more] = (typed.ok ? typed.address : bareAddress(text.slice(0, LONGEST))).split('@');
  if (local === undefined || host === undefined || more.length > 0) return null;
  // A comma, or a point twice, is no domain's: what was meant is plain, whoever's domain it is.
  const mended = host.toLowerCase().replace(/[.,]+/g, '.');
  const domain = domainMeant(mended) ?? mended;
  if (domain === host.toLowerCase()) return null;
  const meant = parseAddress(`${local}@${domain}`);
  return meant.ok ? meant.address : null;
}

const LONGEST = 254;

type Provider = {
  /** The endings under which it gives addresses; the first is the usual one. */
  readonly endings: readonly string[];
  /** It has addresses under these endings only: any other is a mistake. */
  readonly only?: true;
};

/** Providers whose names are long enough for a slip to be told from another name. `isSlipOf` is strict for the short ones. */
const PROVIDERS: ReadonlyMap<string, Provider> = new Map(
  Object.entries({
    // https://support.google.com/mail: one mailbox, these two domains.
    gmail: { endings: ['com'], only: true },
    googlemail: { endings: ['com'], only: true },
    hotmail: {
      endings: [
        ...words('com ca co.uk fr de it es be nl se no dk ch at fi gr com.au com.br com.mx com.ar co.jp'),
      ],
    },
    outlook: { endings: [...words('com fr de it es be dk ie pt jp kr in at cl com.au com.br com.ar co.id')] },
    yahoo: {
      endings: [...words('com ca co.uk fr de it es ie gr se no dk in co.in co.jp com.au com.br com.mx')],
    },
    icloud: { endings: ['com'] },
    protonmail: { endings: ['com', 'ch'] },
    sympatico: { endings: ['ca'] },
    videotron: { endings: ['ca'] },
    btinternet: { endings: ['com'] },
    comcast: { endings: ['net', 'com'] },
    verizon: { endings: ['net', 'com'] },
    fastmail: { endings: ['com', 'fm'] },
    wanadoo: { endings: ['fr'] },
    laposte: { endings: ['net'] },
  } satisfies Record<string, Provider>),
);

/**
 * What fingers make of `.com` and that is no top-level domain at all (IANA's root zone has none of them), so nobody can have an
 * address there: also a company's address with such an ending is questioned.
 */
const NO_ENDING = new Set(
  words('con cmo ocm comm vom xom cim cpm coom ccom clm cok copm cpom comn c0m vcom dom'),
);
/** The same with endings that exist, for countries: a mistake only behind the name of a provider that is not there. */
const NEAR_COM = new Set(['co', 'cm', 'om', 'cam']);

function domainMeant(domain: string): string | null {
  if (isLargeMailProvider(domain)) return null;
  const { name, ending } = parts(domain);
  const known = PROVIDERS.get(name);
  if (known !== undefined) return withEnding(name, known, ending);
  const slip = [...PROVIDERS].find(([own]) => isSlipOf(name, own));
  if (slip !== undefined) {
    const [own, provider] = slip;
    // Beside the provider's own place only: gmai.org may be somebody's.
    return provider.endings.includes(ending) ? `${own}.${ending}` : withEnding(own, provider, ending);
  }
  if (NO_ENDING.has(ending) && name !== '') return `${name}.com`;
  return joinedMeant(domain);
}

/** The provider's domain that was meant by its name with this ending; null where it may be right. */
function withEnding(name: string, { endings, only }: Provider, ending: string): string | null {
  if (endings.includes(ending)) return null;
  const usual = `${name}.${endings[0] ?? 'com'}`;
  if (ending === '') return usual;
  // `gmail.example.com` is somebody's own; `gmail.ca` and `gmail.com.br` are nobody's.
  if (only === true) return /^[a-z0-9]{1,4}(?:\.[a-z]{2})?$/.test(ending) ? usual : null;
  return NO_ENDING.has(ending) || (endings.includes('com') && NEAR_COM.has(ending)) ? usual : null;
}

/** `gmailcom`: the point was forgotten. */
function joinedMeant(domain: string): string | null {
  if (domain.includes('.')) return null;
  const whole = [...PROVIDERS].find(([own, { endings }]) => domain === own + (endings[0] ?? ''));
  return whole === undefined ? null : `${whole[0]}.${whole[1].endings[0] ?? 'com'}`;
}

/** At the first point: `yahoo` and `co.uk`. A point too many (`gmail..com`) is none. */
function parts(domain: string): { readonly name: string; readonly ending: string } {
  const labels = domain.split('.').filter((label) => label !== '');
  return { name: labels[0] ?? '', ending: labels.slice(1).join('.') };
}

function words(list: string): readonly string[] {
  return list.split(' ');
}
