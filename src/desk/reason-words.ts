/** Reasons as the ledger keeps them, for people. What is missing here is told as it stands; a provider may say anything, hence maps. */
const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // A stop.
    booked_call: 'a call is booked',
    bounced: 'the mailbox does not take our emails',
    complained: 'our emails were reported as spam',
    erased: 'the person was erased',
    found_job: 'the person has found a job',
    stale: 'the emails had fallen more than 14 days behind',
    stopped_by_coach: 'you stopped the emails',
    unsubscribed: 'the person unsubscribed',
    // What was true when its time came.
    'a later email went to this mailbox': 'another email went to this mailbox after it',
    'a made-up lead': 'this person is made up',
    'already confirmed': 'the button was pressed already',
    confirmed: 'the button was pressed already',
    finished: 'the follow-up emails are finished',
    'gives way': 'another email was sent again and goes first',
    'no consent': 'the person did not agree to follow-up emails',
    'not confirmed': 'the address is not confirmed',
    'not enrolled': 'the person did not begin the follow-up emails',
    'the offer is no longer in the content': 'what was asked for is no longer offered',
    'the step is no longer in the content': 'this email was taken out of the sequence',
    // What became of it.
    'cancelled while under way': 'the stop came while it was already on its way',
    'it arrived, says the coach': 'you said that it arrived',
    'sent again by the coach': 'you had it sent again',
    'it could not be composed': 'it could not be written; the log says why',
    'an earlier try ended unknown': 'an earlier try broke off without an answer',
    'an earlier try ended unknown, and this way out knows no keys':
      'a try broke off without an answer, and the mail server would take a second one for a new email',
    'unexpected fault': 'the program met a fault; the log says which',
  }),
);

/** Names that Resend gives to its errors (https://resend.com/docs/api-reference/errors); a number behind them is the HTTP status. */
const ERRORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    application_error: 'the provider did not answer, or had a fault of its own',
    concurrent_idempotent_requests: 'the provider was still busy with the try before',
    internal_server_error: 'the provider had a fault of its own',
    invalid_from_address: 'the provider does not accept the sender’s address',
    invalid_idempotent_request: 'the provider says that it has had this email already, in other words',
    invalid_parameter: 'the provider does not accept a part of the email',
    missing_required_field: 'the provider misses a part of the email',
    rate_limit_exceeded: 'the provider asked us to go slower',
    security_error: 'the provider takes the email for dangerous',
    validation_error: 'the provider does not accept a part of the email',
  }),
);

/** Why, in words; with the provider's own name for it behind, so that it can be looked up. */
export function reasonInWords(reason: string): string {
  const known = REASONS.get(reason);
  if (known !== undefined) return known;
  if (reason.startsWith('stopped: ')) return reasonOfStop(reason.slice('stopped: '.length));
  if (reason.endsWith(GIVEN_UP))
    return `${reasonInWords(reason.slice(0, -GIVEN_UP.length))}; given up after many tries`;
  const error = ERRORS.get(/^[a-z_]+(?= \d{3}$|$)/.exec(reason)?.[0] ?? '');
  return error === undefined ? reason.replaceAll('_', ' ') : `${error} (${reason})`;
}

const GIVEN_UP = ', given up';

function reasonOfStop(reason: string): string {
  return REASONS.get(reason.replaceAll(' ', '_')) ?? reason;
}
