/** The outside of a command: results go to `out`, everything else to `err`. */
export type Terminal = {
  readonly out: (result: string | Uint8Array) => void;
  /** Resolves when what was given to `out` has left the process: a slow reader must not fill our memory. */
  readonly drained: () => Promise<void>;
  readonly err: (text: string) => void;
  /** Colours only where a person reads. */
  readonly outIsTerminal: boolean;
  /** Progress is drawn only where a person watches. */
  readonly errIsTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of standard input as text. */
  readonly readInput: () => Promise<string>;
  /** Waits for SIGINT or SIGTERM, whichever comes first. */
  readonly untilStopped: () => Promise<void>;
  /** Calls back on SIGHUP. */
  readonly onReload: (reload: () => void) => void;
};

/** What a command ends with; the contract fixes the numbers. */
export const EXIT = { done: 0, failed: 1, usage: 2, configuration: 78 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a message for the operator; caught in `cli.ts`, shown without a stack. */
export class CommandStop extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
