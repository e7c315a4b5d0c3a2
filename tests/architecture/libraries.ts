import { isEdge } from './zones.ts';

type Place = (path: string) => boolean;
const below =
  (...folders: readonly string[]): Place =>
  (path) =>
    folders.some((folder) => path.startsWith(`${folder}/`));
const only =
  (...paths: readonly string[]): Place =>
  (path) =>
    paths.includes(path);

/** Which files may import a library. One that is missing here has no place yet. */
const PLACES: Readonly<Record<string, Place>> = {
  // The server that `serve` starts takes the log that `serve` made: one type.
  fastify: (path) => isEdge(path) || path === 'commands/serve.ts',
  '@fastify/formbody': isEdge,
  '@fastify/cookie': isEdge,
  'drizzle-orm': below('store'),
  'better-sqlite3': below('store'),
  zod: (path) => below('config', 'content')(path) || /^[a-z]+\/([a-z-]+-)?(form|webhook)\.ts$/.test(path),
  yaml: below('content'),
  'markdown-it': below('content'),
  pdfkit: below('documents'),
  fontkit: below('documents'),
  resend: only('mail/resend.ts', 'mail/resend-webhook.ts'),
  nodemailer: below('mail'),
  qr: only('desk/qr.ts'),
  eta: only('kernel/templates.ts'),
  'altcha-lib': only('signup/work.ts'),
  'disposable-email-domains-js': only('kernel/throwaway.ts'),
  commander: only('cli.ts'),
  pino: only('commands/serve.ts'),
};

/** Loading one of these costs every command 20 to 100 ms, so they are imported at first use. */
const HEAVY = ['pdfkit', 'fontkit', 'resend', 'nodemailer', 'altcha-lib', 'disposable-email-domains-js'];

/** Null: `path` may import `library` in this way. Otherwise why not. */
export function libraryFault(
  path: string,
  library: string,
  how: { readonly typeOnly: boolean; readonly lazy: boolean },
): string | null {
  if (library.startsWith('node:')) return null;
  const name = library.split('/', library.startsWith('@') ? 2 : 1).join('/');
  const place = PLACES[name];
  if (place === undefined) return `${name} has no place yet: see tests/architecture/libraries.ts`;
  if (!place(path)) return `${name} has no business here`;
  if (HEAVY.includes(name) && !how.lazy && !how.typeOnly && !path.endsWith('.d.ts'))
    return `${name} is heavy: import it at first use`;
  return null;
}
