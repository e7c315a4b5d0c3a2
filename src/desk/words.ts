/** What happened to a lead, as the coach reads it; the kinds are those of the store's events. */
const HAPPENED: Readonly<Record<string, string>> = {
  'signup.recorded': 'Signed up',
  'signup.confirmed': 'Pressed the button: the address is confirmed',
  'signup.renewed': 'Asked for a fresh link',
  'signup.removed': 'Said “this was not me”: the signup is removed',
  'consent.declined': 'Took the document without the follow-up emails',
  'document.downloaded': 'Downloaded the document',
  'link.opened': 'Opened an article from an email',
  'enrollment.started': 'The follow-up emails began',
  'enrollment.finished': 'The follow-up emails are finished',
  'enrollment.paused': 'Paused the emails',
  'enrollment.resumed': 'The emails go on',
  'enrollment.fewer': 'Asked for fewer emails',
  'lead.unsubscribed': 'Unsubscribed',
  'lead.found_job': 'Told us of the new job',
  'lead.booked_call': 'Booked a call',
  'lead.stopped_by_coach': 'You stopped the emails',
  'lead.renamed': 'Changed the name',
  'lead.data_requested': 'Asked for her data',
  'lead.erase_requested': 'Asked to be erased',
  'message.submitted': 'Email handed to the provider',
  'message.skipped': 'Email skipped',
  'message.failed': 'Email refused by the provider',
  'message.in_doubt': 'Email in doubt: the provider did not say whether it took it',
};

/** An event's kind in words. One that is not known yet shows its own name. */
export function happened(kind: string): string {
  return HAPPENED[kind] ?? inWords(kind.replace('.', ' '));
}

/** `found_job` as `found job`. */
export function inWords(key: string): string {
  return key.replaceAll('_', ' ');
}
