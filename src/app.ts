import { join } from 'node:path';
import cookie from '@fastify/cookie';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { contentRoutes } from './content/routes.ts';
import { accountRoutes } from './desk/account-routes.ts';
import { csvGuard, signedInGuard } from './desk/guard.ts';
import { healthOf } from './desk/health.ts';
import { createDeskPages } from './desk/pages.ts';
import { deskRoutes } from './desk/routes.ts';
import { sessionCookie, signedInAccount } from './desk/session.ts';
import type { Setup } from './desk/setup.ts';
import { signInRoutes } from './desk/sign-in-routes.ts';
import { createFactsKeeper } from './documents/facts.ts';
import type { Funnel } from './funnel.ts';
import { sameSiteGuard } from './http/cross-site.ts';
import { createErrorPages } from './http/errors.ts';
import { contentSecurityPolicy } from './http/headers.ts';
import { machineRoutes } from './http/machine-routes.ts';
import { createPageCache } from './http/page-cache.ts';
import { createPages, inlineHash } from './http/pages.ts';
import { addRoutes } from './http/route-table.ts';
import type { Guards, RouteRow } from './http/route-table.ts';
import { closeServer, createServer } from './http/server.ts';
import { assetRoutes, loadAssets } from './http/static.ts';
import { createDeskStyles, createStyles } from './http/styles.ts';
import { leavingRoutes } from './leads/leaving-routes.ts';
import { preferencesRoutes } from './leads/routes.ts';
import { ROOT } from './root.ts';
import { readRoutes } from './sequence/routes.ts';
import { downloadRoutes } from './signup/download-routes.ts';
import { signupRoutes } from './signup/routes.ts';
import { createViewCounter } from './signup/views.ts';

export type App = {
  readonly server: FastifyInstance;
  /** Counts the documents' pages for the landing pages; call it after listening and after a change of content. */
  readonly contentChanged: () => Promise<void>;
  /** Answers what is under way, then stops. */
  readonly close: () => Promise<void>;
};

type Handlers = ReturnType<typeof handlersOf>;

/** Every address that is answered: method, path, handler, guards. Paths with an offer's key come last; fixed ones win. */
function routeTable({
  content,
  signup,
  download,
  leaving,
  preferences,
  read,
  desk,
  signIn,
  account,
  machine,
  asset,
}: Handlers): readonly RouteRow[] {
  return [
    ['GET', '/', content.home],
    ['GET', '/articles', content.articles],
    ['GET', '/articles/:slug', content.article],
    ['GET', '/articles/topic/:topic', content.topic],
    ['GET', '/privacy', content.privacy],
    ['GET', '/robots.txt', content.robots],
    ['GET', '/sitemap.xml', content.sitemap],
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
    ['GET', '/admin/leads/:leadId', desk.lead, 'signed-in'],
    ['POST', '/admin/leads/:leadId/stop', desk.stopFollowUp, 'same-site', 'signed-in'],
    ['POST', '/admin/held/:signupId/release', desk.releaseHeld, 'same-site', 'signed-in'],
    ['GET', '/admin/health', account.health, 'signed-in'],
    ['GET', '/admin/account', account.account, 'signed-in'],
    ['POST', '/admin/account', account.change, 'same-site', 'signed-in'],

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
    requestId: () => funnel.random.uuid(),
    contentSecurityPolicy: contentSecurityPolicy(parts.hashes),
    https: parts.https,
    // The same page as for any unknown address: a token that was cut in the middle of an escape is still a token that is not ours.
    unreadable: (reply) => parts.errors.send(reply, 'not_found'),
  });
  await server.register(cookie);
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

type EdgeParts = ReturnType<typeof edgeParts>;

function edgeParts(funnel: Funnel) {
  const { templates, look, press, store, clock, log, publicUrl } = funnel;
  const content = () => funnel.content.current();
  const webDir = join(ROOT, 'assets/web');
  const assets = loadAssets(webDir);
  const inline = createStyles(look, webDir, assets.path);
  const deskStyles = createDeskStyles(look, webDir, assets.path);
  const pages = createPages({ templates, content, publicUrl, asset: assets.path, ...inline });
  return {
    content,
    assets,
    pages,
    errors: createErrorPages(pages, content),
    cache: createPageCache(() => content().version),
    views: createViewCounter({ store, clock, log }),
    facts: createFactsKeeper({ press, store, content }),
    deskPages: createDeskPages({ templates, content, styles: deskStyles, now: () => clock.now() }),
    // The listening address is plain http; only a public address that was set can be https.
    https: funnel.config.publicUrl?.startsWith('https://') === true,
    hashes: {
      scripts: inline.hashes.scripts,
      styles: [...inline.hashes.styles, inlineHash(deskStyles)],
    },
  };
}

function handlersOf(funnel: Funnel, parts: EdgeParts, setup: Setup) {
  const { store, tokens, press, clock, random, log, timetable, publicUrl, transport, config } = funnel;
  const { content, pages, cache, errors, views } = parts;
  const wake = () => funnel.scheduler.wake();
  const common = {
    store,
    tokens,
    press,
    clock,
    random,
    log,
    timetable,
    publicUrl,
    content,
    pages,
    cache,
    errors,
    wake,
  };
  const health = { store, content: funnel.content, clock, dataDir: config.dataDir };
  const desk = { ...common, pages: parts.deskPages, cookie: sessionCookie(parts.https) };
  const countView = views.count;
  return {
    content: contentRoutes({ ...common, countView }),
    signup: signupRoutes({
      ...common,
      countView,
      sender: () => config.mail.from ?? content().site.mail.from,
      factsOf: parts.facts.of,
    }),
    download: downloadRoutes(common),
    leaving: leavingRoutes(common),
    preferences: preferencesRoutes(common),
    read: readRoutes(common),
    desk: deskRoutes(desk),
    signIn: signInRoutes({ ...desk, setup }),
    account: accountRoutes({
      ...desk,
      health,
      emailsGo:
        transport.name === 'outbox' ? 'written to files; none is sent' : `sent through ${transport.name}`,
      accountOf: (request) => signedInAccount(request, desk),
    }),
    machine: machineRoutes(() => healthOf(health)),
    asset: assetRoutes(parts.assets, errors),
  };
}

function guardsOf({ store, clock, config, publicUrl }: Funnel, { errors, https }: EdgeParts): Guards {
  const session = { store, clock, cookie: sessionCookie(https) };
  const siteGuard = (allowed: readonly string[]) =>
    sameSiteGuard(() => ({ publicOrigin: publicUrl(), allowed }), errors);
  return {
    // The coach's own site may post the signup form; the desk is changed from the desk alone.
    'same-site': siteGuard([]),
    'allowed-site': siteGuard(config.allowedOrigins),
    'signed-in': signedInGuard(session),
    csv: csvGuard(session),
  };
}
