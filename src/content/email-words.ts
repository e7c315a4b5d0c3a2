import { z } from 'zod';
import { phrase } from './phrase.ts';

/** What the engine itself adds to emails, around the coach's own text. `date` is a day, such as “23 November 2026”. */
export const emailWords = z.strictObject({
  /** Heading of the related posts under a step's text. */
  read_next: phrase(),
  minutes: phrase('minutes'),
  read: phrase(),
  /** Above the button's address, for programs that show no button. */
  button_fallback: phrase(),
  /** In the plain text: the words of a button or link, above its address. */
  link_line: phrase('words'),
  /** Who writes. */
  sender: phrase('coach', 'role', 'site'),
  /** Why this email came, for each kind. */
  why_step: phrase('offer', 'site', 'date'),
  why_delivery: phrase('offer', 'site', 'date'),
  why_reminder: phrase('offer', 'site', 'date'),
  why_renewal: phrase('offer', 'site'),
  why_data: phrase('site'),
  why_erase: phrase('site'),
  /** Words of the links in the footer. */
  unsubscribe: phrase(),
  preferences: phrase(),
  not_me: phrase(),
});
