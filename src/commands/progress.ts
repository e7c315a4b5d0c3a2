import type { Clock } from '../kernel/clock.ts';
import type { Terminal } from './terminal.ts';

export type ProgressBar = { readonly at: (done: number) => void; readonly end: () => void };

/** Redrawn ten times a second at most: more only slows the work down. */
const REDRAW_MS = 100;
const WIDTH = 28;

/** A bar on standard error where a person watches, and nothing elsewhere. */
export function progressBar(terminal: Terminal, clock: Clock, what: string, total: number): ProgressBar {
  if (!terminal.errIsTerminal || total === 0) return { at: () => {}, end: () => {} };
  const begun = clock.now();
  let drawn = 0;
  return {
    at: (done) => {
      const now = clock.now();
      if (now - drawn < REDRAW_MS && done < total) return;
      drawn = now;
      const share = Math.min(done / total, 1);
      const full = Math.round(share * WIDTH);
      const left = done === 0 ? '' : ` ${secondsLeft(now - begun, share)}`;
      terminal.err(
        `\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.floor(share * 100)} % ${done} ${what}${left}\u001B[K`,
      );
    },
    end: () => terminal.err('\r\u001B[K'),
  };
}

function secondsLeft(elapsed: number, share: number): string {
  const seconds = Math.ceil((elapsed / share - elapsed) / 1000);
  return seconds > 0 ? `about ${seconds} s left` : '';
}
