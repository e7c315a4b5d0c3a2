/**
 * What stands in a `read` token in place of an article's slug when the link leads to none. No article can have such a slug:
 * theirs are small letters, digits and hyphens. They lie in people's inboxes and in the ledger: never change one.
 */

/** The coach's "Let's talk" address, as long as it is the goal of the sequence. */
export const GOAL_LINK = 'talk:';

/** How a press on that link is recorded when `talk.goal` has been switched off since: it ends nothing. */
export const FORMER_GOAL_LINK = 'talk:former';

/** The link that no person sees. */
export const HIDDEN_LINK = 'hidden:';
