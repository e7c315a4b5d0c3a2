/**
 * Whether a program says of itself that it is no person: a crawler, a link preview, a mail gateway, a script. One rule for page
 * views and for clicks: the share of readers who follow a link would mean nothing if the two left out different callers.
 * The price of believing the name: programs that pretend are counted as people.
 */
export function isRobot(userAgent: string | undefined): boolean {
  // Cut: a header may be as long as its sender likes.
  return ROBOT.test((userAgent ?? '').slice(0, 500));
}

/** `Googlebot/2.1`, `Slackbot-LinkExpanding`, `my_bot_2`, but not `CUBOT`, who makes telephones. */
const ROBOT =
  /(?<!cu)bot(?:\b|_)|crawl|spider|scanner|slurp|archiv|preview|monitor|headless|lighthouse|facebookexternalhit|link ?check|safelinks|proofpoint|mimecast|barracuda|\b(?:curl|wget|python|java|go-http-client|okhttp|node)\b/i;
