import { join } from 'node:path';
import { contentRoutes } from './content/routes.ts';
import { accountRoutes } from './desk/account-routes.ts';
import { csvGuard, signedInGuard } from './desk/guard.ts';
import { documentsRoutes } from './desk/documents-routes.ts';
import { emailsRoutes } from './desk/emails-routes.ts';
import { readinessOf } from './desk/health.ts';
import { leadRoutes } from './desk/lead-routes.ts';
import { createDeskPages } from './desk/pages.ts';
import { deskRoutes } from './desk/routes.ts';
import { sessionCookie, signedInAccount } from './desk/session.ts';
import type { Setup } from './desk/setup.ts';
import { shareRoutes } from './desk/share-routes.ts';
import { signInRoutes } from './desk/sign-in-routes.ts';
import { createFactsKeeper } from './documents/facts.ts';
import type { Funnel } from './funnel.ts';
import { sameSiteGuard } from './http/cross-site.ts';
import { createErrorPages } from './http/errors.ts';
import { machineRoutes } from './http/machine-routes.ts';
import { createPageCache } from './http/page-cache.ts';
import { createPages, inlineHash } from './http/pages.ts';
import { createPreviews } from './http/previews.ts';
import type { Guards } from './http/route-table.ts';
import { assetRoutes, loadAssets } from './http/static.ts';
import { createDeskStyles, createStyles, deskScript } from './http/styles.ts';
import { leavingRoutes } from './leads/leaving-routes.ts';
import { preferencesRoutes } from './leads/routes.ts';
import { createWebhookCheck } from './mail/resend-webhook.ts';
import { soon } from './kernel/soon.ts';
import { BUILD, ROOT } from './root.ts';
import { readRoutes } from './sequence/routes.ts';
import { webhookRoutes } from './sequence/webhook-routes.ts';
import { downloadRoutes } from './signup/download-routes.ts';
import { signupRoutes } from './signup/routes.ts';
import { createViewCounter } from './signup/views.ts';
import { carrierOf } from './transports.ts';

const QUARTER_SECOND = 250;

type EdgeParts = ReturnType<typeof edgeParts>;
export type Handlers = ReturnType<typeof handlersOf>;

/** What the handlers of all rooms share, and what is made once for the whole edge. */
export function edgeParts(funnel: Funnel) {
  const { templates, look, press, store, clock, log, publicUrl } = funnel;
  const content = () => funnel.content.current();
  const webDir = join(ROOT, 'assets/web');
  const assets = loadAssets(webDir);
  const inline = createStyles(look, webDir, assets.path);
  const deskStyles = createDeskStyles(look, webDir, assets.path);
  const script = deskScript(webDir);
  const previews = createPreviews({
    content,
    dirs: [join(funnel.config.contentDir, 'previews'), join(ROOT, 'assets/previews')],
    log,
  });
  const pages = createPages({ templates, content, publicUrl, asset: assets.path, previews, ...inline });
  const cache = createPageCache(() => content().version);
  return {
    content,
    assets,
    previews,
    pages,
    cache,
    errors: createErrorPages(pages, cache, content),
    views: createViewCounter({ store, clock, log }),
    facts: createFactsKeeper({ press, store, content, build: BUILD }),
    deskPages: createDeskPages({ templates, content, styles: deskStyles, script, now: () => clock.now() }),
    // The listening address is plain http; only a public address that was set can be https.
    https: funnel.config.publicUrl?.startsWith('https://') === true,
    pressScript: inline.pressScript,
    hashes: {
      scripts: [...inline.hashes.scripts, inlineHash(script)],
      styles: [...inline.hashes.styles, inlineHash(deskStyles)],
    },
  };
}

/** Every handler of every room, by room and name. */
export function handlersOf(funnel: Funnel, parts: EdgeParts, setup: Setup) {
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
  const emailsGo =
    transport.name === 'outbox' ? 'written to files; none is sent' : `sent through ${carrierOf(transport)}`;
  const countView = views.count;
  const { webhookSecret } = config.mail;
  const contentPages = contentRoutes({ ...common, countView });
  return {
    content: contentPages,
    signup: signupRoutes({
      ...common,
      countView,
      otherwise: contentPages.languageHome,
      work: funnel.work,
      // An email that is written at once delays the next answer by some milliseconds, which would tell whether there was one to write.
      wake: soon(wake, random, QUARTER_SECOND),
      sender: () => config.mail.from ?? content().site.mail.from,
      factsOf: parts.facts.of,
    }),
    download: downloadRoutes({ ...common, countView, pressScript: parts.pressScript }),
    leaving: leavingRoutes(common),
    preferences: preferencesRoutes(common),
    read: readRoutes(common),
    desk: deskRoutes(desk),
    lead: leadRoutes(desk),
    emails: emailsRoutes({ ...desk, compose: funnel.compose, emailsGo }),
    documents: documentsRoutes({ ...desk, source: funnel.content, factsOf: parts.facts.of }),
    share: shareRoutes({ ...desk, templates: funnel.templates, allowedOrigins: config.allowedOrigins }),
    signIn: signInRoutes({ ...desk, setup }),
    account: accountRoutes({
      ...desk,
      health,
      emailsGo,
      accountOf: (request) => signedInAccount(request, desk),
    }),
    machine: machineRoutes(() => readinessOf(health)),
    webhook: webhookRoutes({
      ...common,
      check: webhookSecret === null ? null : createWebhookCheck(webhookSecret),
    }),
    asset: assetRoutes(parts.assets, parts.previews, errors),
  };
}

/** What a guard of the route table means for this funnel. */
export function guardsOf({ store, clock, config, publicUrl }: Funnel, { errors, https }: EdgeParts): Guards {
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
