import { linkChecks } from '../../content/link-verdicts.ts';
import type { Content, ContentProblem } from '../../content/model.ts';
import { outwardLinks } from '../../content/outward-links.ts';
import { counted, ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { faultOf } from '../../kernel/fault.ts';
import { askLinks } from './ask-links.ts';
import { languageInWords, silencedBy } from '../../sequence/silenced.ts';
import type { Outside, Patient } from './patient.ts';

/** Every mistake with file and line, as the coach's editor shows it. */
export async function contentChecks(patient: Patient): Promise<readonly Check[]> {
  const { content, contentInForce, contentProblems } = patient;
  if (content !== null) {
    const documents = await documentChecks(patient, content);
    const isHeld = documents.some(({ verdict }) => verdict === 'wrong');
    const silenced = await silencedChecks(patient, content);
    return [wellRead(content), ...silenced, ...documents, ...edited(patient, content, isHeld)];
  }
  const consequence =
    contentInForce === null
      ? 'The server cannot start with this.'
      : `The server goes on with the last valid version, ${contentInForce.version}.`;
  return [...contentProblems.map((problem) => mistake('content', problem)), unknown('content', consequence)];
}

function mistake(name: string, { file, line, problem, remedy }: ContentProblem): Check {
  return wrong(name, `${file}${line === null ? '' : `:${line}`}: ${problem}`, remedy);
}

/** Tried out here and now: what the server found may be of yesterday. */
async function documentChecks({ published, proof }: Patient, content: Content): Promise<readonly Check[]> {
  let problems: readonly ContentProblem[];
  try {
    problems = await proof(content);
  } catch (error) {
    return [unknown('documents', `They could not be set: ${faultOf(error)}.`)];
  }
  if (problems.length === 0)
    return [ok('documents', 'Set for every situation, on A4 and Letter: everything finds its place.')];
  const consequence =
    published === null || published.version === content.version
      ? 'There is no earlier version: they are given out like this.'
      : `The server does not publish this and goes on with version ${published.version}.`;
  return [...problems.map((problem) => mistake('documents', problem)), unknown('documents', consequence)];
}

function wellRead({ version, offers, posts, sequence, site }: Content): Check {
  const parts = [
    counted(offers.length, 'offer'),
    counted(sequence.length, 'step'),
    counted(posts.length, 'article'),
  ];
  const remedy = site.sample
    ? 'It is the sample. Before going live, approve the texts and set “sample: false” in site.yaml.'
    : null;
  return ok('content', `Version ${version}: ${parts.join(', ')}, no mistakes.`, remedy);
}

/** A language that was taken out has readers whom nobody told. */
async function silencedChecks({ store }: Patient, content: Content): Promise<readonly Check[]> {
  const silenced = store === null ? [] : silencedBy(content, await store.placesInSequence());
  return silenced.map(({ language, people }) => {
    const who = people === 1 ? 'One person' : `${people.toLocaleString('en')} people`;
    const says = `${who} in the sequence asked in ${languageInWords(language)}, in which there is no content: its emails are skipped for them.`;
    const remedy = `Bring languages/${language}/ and words/${language}.yaml back; or leave it so: nobody gets emails in another language than she asked in.`;
    return wrong('language', says, remedy);
  });
}

/** What lies in the folders need not be what is sent. @param isHeld its documents have mistakes, so that the server refuses it. */
function edited({ published }: Patient, { version }: Content, isHeld: boolean): readonly Check[] {
  if (published === null || published.version === version) return [];
  const says = `In force is version ${published.version}; the edit in the folders is not published.`;
  const next = isHeld
    ? 'no SIGHUP or restart publishes it before its documents are mended.'
    : 'a SIGHUP or a restart publishes it.';
  return [ok('edit', says, `“funnel rehearse --changes” tells whom it touches; ${next}`)];
}

/** The addresses of other sites to which pages and emails lead. */
export async function links(patient: Patient, outside: Outside | null): Promise<readonly Check[]> {
  if (patient.contentInForce === null) return [unknown('links', 'Not asked: there is no valid content.')];
  const found = outwardLinks(patient.contentInForce);
  if (outside === null)
    return [unknown('links', `${counted(found.length, 'link')} not asked for (--offline).`)];
  return linkChecks(await askLinks(found, outside.probe));
}
