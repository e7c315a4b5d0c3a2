import { SECOND } from '../kernel/clock.ts';
import { withoutAddresses } from '../kernel/fault.ts';
import type { Submission } from './email.ts';
import { resetMs, retryAfterMs } from './rate.ts';

/** What the SDK hands back for `emails.send`. It trusts the provider's body: nothing in it is certain. */
export type ResendAnswer = {
  readonly data: unknown;
  readonly error: unknown;
  readonly headers: Readonly<Record<string, string>> | null;
};

/** What an answer means for the message, by the error's name and status (https://resend.com/docs/api-reference/errors). */
export function verdict({ data, error, headers }: ResendAnswer): Submission {
  if (error === null || error === undefined) {
    const id = field(data, 'id');
    if (typeof id === 'string' && id !== '') return { kind: 'submitted', providerId: id };
    return perhapsAccepted('an answer without an id', headers);
  }
  const name = textOf(field(error, 'name'), 'unnamed_error');
  const status = Number(field(error, 'statusCode') ?? 0);
  const reason = status === 0 ? name : `${name} ${status}`;
  switch (name) {
    case 'invalid_idempotent_request':
      return { kind: 'in_doubt', reason };
    case 'rate_limit_exceeded':
      return slowDown(reason, headers);
    case 'daily_quota_exceeded':
    case 'monthly_quota_exceeded':
    case 'missing_api_key':
    case 'restricted_api_key':
    case 'invalid_api_key':
    case 'not_found':
    case 'method_not_allowed':
    // Of the row by its status, and yet of the account: all emails have the same sender, and none shall be used up by it.
    case 'invalid_from_address':
      return accountFault(reason, error);
    case 'invalid_idempotency_key':
    case 'missing_required_field':
    case 'invalid_attachment':
    case 'invalid_parameter':
    case 'invalid_access':
    case 'invalid_region':
    case 'security_error':
      return { kind: 'rejected', reason };
    case 'concurrent_idempotent_requests':
    case 'application_error':
    case 'internal_server_error':
      return perhapsAccepted(reason, headers);
    default:
      return verdictByStatus(status, reason, error, headers);
  }
}

/** For names that the SDK does not know, and for `validation_error`, which is the row's fault with 400 and the account's with 403. */
function verdictByStatus(
  status: number,
  reason: string,
  error: unknown,
  headers: ResendAnswer['headers'],
): Submission {
  if (status === 429) return slowDown(reason, headers);
  if ([401, 403, 404, 405].includes(status)) return accountFault(reason, error);
  if (status >= 400 && status < 500 && ![408, 409, 425].includes(status)) return { kind: 'rejected', reason };
  return perhapsAccepted(reason, headers);
}

/** A reset, a timeout, a broken answer and a gateway's 5xx look alike: the email may be on its way. */
function perhapsAccepted(reason: string, headers: ResendAnswer['headers']): Submission {
  return { kind: 'try_again', reason, afterMs: retryAfterMs(headers ?? {}), ambiguous: true };
}

function slowDown(reason: string, headers: ResendAnswer['headers']): Submission {
  const afterMs = retryAfterMs(headers ?? {}) ?? resetMs(headers ?? {}) ?? SECOND;
  return { kind: 'slow_down', reason, afterMs: Math.max(afterMs, SECOND) };
}

/** Here the provider's own words help the coach ("The domain … is not verified"); addresses in them are left out. */
function accountFault(reason: string, error: unknown): Submission {
  const message = withoutAddresses(textOf(field(error, 'message'), ''));
  return { kind: 'account_fault', reason: message === '' ? reason : `${reason}: ${message}` };
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
