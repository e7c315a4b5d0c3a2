import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { loadContent } from '../content/load.ts';
import type { Content, ContentProblem } from '../content/model.ts';
import { keptContent } from '../content/shelf.ts';
import { createPrinter } from '../documents/press/printer.ts';
import { clockStartingAt, systemClock } from '../kernel/clock.ts';
import { inspectStore } from '../store/sqlite/inspect.ts';
import { ROOT } from '../root.ts';
import { isServing } from '../store/sqlite/lock.ts';
import { createRecords } from './doctor/dns.ts';
import { examine } from './doctor/examine.ts';
import type { Outside, Patient } from './doctor/patient.ts';
import { asJson, asText, count } from './doctor/report.ts';
import { createProbe } from './doctor/web-probe.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf } from './with-funnel.ts';

export type DoctorOptions = { readonly json?: boolean; readonly offline?: boolean };

/**
 * `funnel doctor`: looks at everything and changes nothing, beside a running server too. Stops with 1 when anything is wrong.
 * @param outside the world; a made-up one in tests.
 * @param proof tries the documents out, which takes a second or two; tests have a quick one.
 */
export async function doctorCommand(
  terminal: Terminal,
  options: DoctorOptions,
  outside: Outside = { probe: createProbe(), records: createRecords() },
  proof: Patient['proof'] = proofHere,
): Promise<void> {
  const patient = await admit(configOf(terminal), proof);
  try {
    const sections = await examine(patient, options.offline === true ? null : outside);
    const { outIsTerminal, env } = terminal;
    // Set to anything but nothing (https://no-color.org).
    const coloured = outIsTerminal && (env['NO_COLOR'] ?? '') === '';
    terminal.out(options.json === true ? asJson(sections) : asText(sections, coloured));
    if (count(sections, 'wrong') > 0) throw new CommandStop(EXIT.failed, 'Not everything is well.');
  } finally {
    await patient.store?.close();
  }
}

/** Reads what is to be examined. Nothing is made or migrated: a patient is not treated on the way in. */
async function admit(config: Config, proof: Patient['proof']): Promise<Patient> {
  const { dataDir, contentDir, clockStart } = config;
  const inspected = inspectStore(dataDir);
  const store = inspected.kind === 'open' ? inspected.inspection : null;
  const loaded = await loadContent([contentDir, join(dataDir, 'content')]);
  const content = loaded.ok ? loaded.content : null;
  const published = store === null ? null : ((await keptContent(store))?.content ?? null);
  return {
    config,
    clock: clockStart === null ? systemClock : clockStartingAt(clockStart),
    content,
    published,
    contentInForce: content ?? published,
    contentProblems: loaded.ok ? [] : loaded.problems,
    proof,
    inspected,
    store,
    isServing: store !== null && isServing(dataDir),
  };
}

async function proofHere(content: Content): Promise<readonly ContentProblem[]> {
  return await createPrinter(join(ROOT, 'assets/fonts')).proof(content);
}
