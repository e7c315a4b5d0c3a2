import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Setup } from './desk/setup.ts';
import { edgeParts, guardsOf, handlersOf } from './edge.ts';
import type { Handlers } from './edge.ts';
import type { Funnel } from './funnel.ts';
import { contentSecurityPolicy } from './http/headers.ts';
import { addRoutes } from './http/route-table.ts';
import type { RouteRow } from './http/route-table.ts';
import { closeServer, createServer } from './http/server.ts';
import type { Random } from './kernel/random.ts';

export type App = {
  readonly server: FastifyInstance;
  /** Counts the documents' pages for the landing pages; call it after listening and after a change of content. */
  readonly contentChanged: () => Promise<void>;
  /** Answers what is under way, then stops. */
  readonly close: () => Promise<void>;
};

/** Every address that is answered: method, path, handler, guards. Paths with an offer's key come last; fixed ones win. */
function routeTable({
  content,
  signup,
  download,
  leaving,
  preferences,
  read,
  desk,
  lead,
  emails,
  documents,
  share,
  signIn,
  account,
  machine,
  webhook,
  asset,
}: Handlers): readonly RouteRow[] {
  return [
    ['GET', '/', content.home],
    ['GET', '/articles', content.articles],
    ['GET', '/articles/:slug', content.article],
    ['GET', '/articles/topic/:topic', content.topic],
    ['GET', '/privacy', content.privacy],
    ['GET', '/:language/articles', content.articles],
    ['GET', '/:language/articles/:slug', content.article],
    ['GET', '/:language/articles/topic/:topic', content.topic],
    ['GET', '/:language/privacy', content.privacy],
    ['GET', '/robots.txt', content.robots],
    ['GET', '/sitemap.xml', content.sitemap],
    ['GET', '/llms.txt', content.llms],
    ['GET', '/.well-known/security.txt', content.securityTxt],
    ['GET', '/favicon.ico', asset.favicon],
    ['GET', '/assets/:file', asset.file],

    ['GET', '/download/:token', download.page],
    ['POST', '/download/:token', download.press],
    ['POST', '/download/:token/renew', download.renew],
    ['GET', '/download/:token/:file', download.file],
    ['GET', '/unsubscribe/:token', leaving.page],
    ['POST', '/unsubscribe/:token', leaving.leave, 'any-body'],
    ['GET', '/preferences/:token', preferences.preferences],
    ['POST', '/preferences/:token', preferences.change],
    ['GET', '/preferences/:token/data.json', preferences.data],
    ['GET', '/preferences/:token/erase', preferences.erasePage],
    ['POST', '/preferences/:token/erase', preferences.erase],
    ['GET', '/read/:token', read.read],

    ['GET', '/admin/login', signIn.login, 'desk'],
    ['POST', '/admin/login', signIn.signIn, 'desk', 'same-site'],
    ['GET', '/admin/setup/:token', signIn.setup, 'desk'],
    ['POST', '/admin/setup/:token', signIn.setPassword, 'desk', 'same-site'],
    ['POST', '/admin/logout', signIn.logout, 'desk', 'same-site'],
    ['GET', '/admin', desk.numbers, 'signed-in'],
    ['GET', '/admin/leads', desk.leads, 'signed-in'],
    ['GET', '/admin/leads.csv', desk.csv, 'csv'],
    ['GET', '/admin/leads/:leadId', lead.lead, 'signed-in'],
    ['POST', '/admin/leads/:leadId/stop', lead.stopFollowUp, 'same-site', 'signed-in'],
    ['POST', '/admin/held/:signupId/release', desk.releaseHeld, 'same-site', 'signed-in'],
    ['GET', '/admin/emails', emails.emails, 'signed-in'],
    ['POST', '/admin/emails/pause', emails.pause, 'same-site', 'signed-in'],
    ['POST', '/admin/emails/resume', emails.resume, 'same-site', 'signed-in'],
    ['GET', '/admin/emails/:step', emails.email, 'signed-in'],
    ['GET', '/admin/emails/:step/preview.html', emails.preview, 'signed-in'],
    ['POST', '/admin/messages/:messageId/settle', emails.settle, 'same-site', 'signed-in'],
    ['GET', '/admin/documents', documents.documents, 'signed-in'],
    ['GET', '/admin/documents/:offer', documents.document, 'signed-in'],
    ['GET', '/admin/documents/:offer.pdf', documents.pdf, 'signed-in'],
    ['GET', '/admin/documents/:offer/pages/:page', documents.page, 'signed-in'],
    ['GET', '/admin/documents/:offer/pages/:page.svg', documents.picture, 'signed-in'],
    ['GET', '/admin/share', share.share, 'signed-in'],
    ['GET', '/admin/share/form.html', share.form, 'signed-in'],
    ['GET', '/admin/share/qr.svg', share.svg, 'signed-in'],
    ['GET', '/admin/share/qr.png', share.png, 'signed-in'],
    ['GET', '/admin/health', account.health, 'signed-in'],
    ['GET', '/admin/account', account.account, 'signed-in'],
    ['POST', '/admin/account', account.change, 'same-site', 'signed-in'],

    ['POST', '/webhooks/resend', webhook.resend, 'raw-body'],
    ['GET', '/healthz', machine.healthz],
    ['GET', '/readyz', machine.readyz],

    ['GET', '/:offer', signup.landing],
    ['POST', '/:offer', signup.signup, 'allowed-site'],
    ['GET', '/:offer/check-inbox', signup.checkInbox],
  ];
}

/** The web edge over a funnel. Nothing listens yet. */
export async function createApp(
  funnel: Funnel,
  edge: { readonly setup: Setup; readonly log?: FastifyBaseLogger },
): Promise<App> {
  const { config } = funnel;
  const parts = edgeParts(funnel);
  const server = await createServer({
    ...(edge.log === undefined ? {} : { log: edge.log }),
    trustProxy: config.trustProxy,
    requestId: requestIds(funnel.random),
    contentSecurityPolicy: contentSecurityPolicy(parts.hashes),
    https: parts.https,
    // The same page as for any unknown address: a token that was cut in the middle of an escape is still a token that is not ours.
    unreadable: (reply) => parts.errors.send(reply, 'not_found'),
  });
  server.setNotFoundHandler(parts.errors.notFound);
  server.setErrorHandler(parts.errors.caught);
  await addRoutes(server, routeTable(handlersOf(funnel, parts, edge.setup)), guardsOf(funnel, parts));
  return {
    server,
    contentChanged: () => parts.facts.gather(),
    close: async () => {
      await closeServer(server);
      await parts.views.close();
    },
  };
}

/** Unique over restarts and cheap: every request has one, and few are ever looked up. */
function requestIds(random: Random): () => string {
  const start = random.token(6);
  let count = 0;
  return () => `${start}-${(count += 1).toString(36)}`;
}
