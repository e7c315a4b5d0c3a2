import { expect, it } from 'vitest';
import { isRobot } from '../../src/kernel/robots.ts';

it.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Slackbot-LinkExpanding 1.0',
  'my_bot_2',
  'curl/8.5.0',
  'python-requests/2.32',
  'Mozilla/5.0 (Windows NT 10.0) Mimecast',
  'Mozilla/5.0 HeadlessChrome/150.0',
])('takes %s for a robot', (name) => expect(isRobot(name)).toBe(true));

it.each([
  'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
  'Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36',
  undefined,
])('takes %s for a person', (name) => expect(isRobot(name)).toBe(false));
