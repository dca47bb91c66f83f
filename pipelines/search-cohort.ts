import type { Embedder } from './contracts/embedder.ts';
import type { VectorIndex } from './contracts/retrieval.ts';
import type { Terminology } from './contracts/terminology.ts';
import type { Assertion } from './domain/assertion.ts';
import type { IsoDate, NoteId, PatientId, Release } from './domain/ids.ts';
import type { Patient } from './domain/patient.ts';
import type { TimelineEvent } from './domain/timeline.ts';
import { eventOfLine } from './retrieval/event-lines.ts';
import type { CohortQuery, Term, TermGroup } from './retrieval/cohort/query.ts';
import type { PatientFacts } from './retrieval/cohort/match-term.ts';
import { readCohortQuery } from './retrieval/cohort/read-query.ts';
import { selectPatient } from './retrieval/cohort/select-patient.ts';
import type { Matches } from './retrieval/cohort/select-patient.ts';
import { COHORT_RULES } from './retrieval/cohort/words.ts';

/** One patient as cohort search sees them: who it is, and all that the notes say, as events. */
export interface CohortPatient extends PatientFacts {
  readonly patient: Pick<Patient, 'id' | 'name' | 'birthDate' | 'sex'>;
}

export interface CohortEngines {
  readonly terminology: Terminology;
  /** Every patient of the store. */
  readonly patients: () => Promise<readonly CohortPatient[]>;
  /** With both, words that no terminology knows are also looked for by meaning among the indexed event lines. */
  readonly embedder?: Embedder | undefined;
  readonly index?: Pick<VectorIndex, 'search'> | undefined;
}

/** The cited words of a hit. */
export interface CohortHit {
  readonly noteId: NoteId;
  /** Day of the note. */
  readonly date: IsoDate;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly label: string;
  readonly assertion: Assertion;
}

export interface CohortMatch {
  readonly patient: PatientId;
  readonly name: string;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  readonly hits: readonly CohortHit[];
}

export interface CohortResult {
  readonly query: string;
  /** Only patients who have it, best first. */
  readonly patients: readonly CohortMatch[];
  /** Words of the query that nobody's notes fulfil and that were left out so that the rest could be answered. */
  readonly ignored?: readonly string[];
  /** Releases that were used. */
  readonly by: readonly Release[];
}

/** Lines that vectors may add for one term, and the least cosine at which a line is about the term. */
const NEAREST = 200;
const LEAST_SIMILARITY = 0.75;
const HITS_PER_GROUP = 4;

/**
 * Finds the patients who fulfil a query ("diabetics with A1c over 9 not on a statin"), each with the words that say so.
 * Every named thing has to be asserted of the patient; denied, hypothetical, uncertain and family mentions are no hits, and
 * what must not hold is checked against the same facts. A query in which nothing is named finds nobody; words that name
 * nothing known narrow the answer where they can, else they are left out and said (`ignored`).
 *
 * @param query - As typed; not empty.
 */
export async function searchCohort(query: string, engines: CohortEngines, limit = 100): Promise<CohortResult> {
  const { terminology } = engines;
  const read = readCohortQuery(query, terminology);
  const by = [COHORT_RULES, ...terminology.releases, ...(engines.embedder ? [engines.embedder.release] : [])];
  if (read.groups.length === 0 && read.sex === null && read.age === null) return { query, patients: [], by };
  const patients = await engines.patients();
  const similar = await similarEvents(read, engines);
  const found = matchesOf(read, patients, similar, terminology);
  const named = withoutFreeWords(read);
  const isNarrowed = found.length > 0 || named === null;
  const matches = isNarrowed ? found : matchesOf(named, patients, similar, terminology);
  matches.sort((a, b) => b.score - a.score || lastDay(b).localeCompare(lastDay(a)) || (a.patient < b.patient ? -1 : 1));
  return { query, patients: matches.slice(0, limit), by, ...(isNarrowed ? {} : { ignored: freeWords(read) }) };
}

function matchesOf(
  read: CohortQuery,
  patients: readonly CohortPatient[],
  similar: ReadonlyMap<Term, ReadonlySet<string>>,
  terminology: Terminology,
): CohortMatch[] {
  return patients.flatMap((candidate) => {
    const byId = (term: Term): readonly TimelineEvent[] => asserted(candidate.events, similar.get(term), term);
    const matches = selectPatient(read, candidate.patient, candidate, terminology, byId);
    return matches === null ? [] : [matchOf(candidate, matches)];
  });
}

const isFree = ({ anyOf, negated }: TermGroup): boolean => !negated && anyOf.every(({ kind }) => kind === 'words');

/** The query without words that name nothing known; null where that changes nothing or leaves nothing. */
function withoutFreeWords(read: CohortQuery): CohortQuery | null {
  const groups = read.groups.filter((group) => !isFree(group));
  return groups.length === read.groups.length || groups.length === 0 ? null : { ...read, groups };
}

const freeWords = ({ groups }: CohortQuery): string[] =>
  groups.filter(isFree).flatMap(({ anyOf }) => anyOf.map(({ words }) => words));

/** For terms that only words describe: ids of events whose line means nearly the same. */
async function similarEvents(
  { groups }: CohortQuery,
  { embedder, index }: CohortEngines,
): Promise<ReadonlyMap<Term, ReadonlySet<string>>> {
  const terms = groups
    .filter(({ negated }) => !negated)
    .flatMap(({ anyOf }) => anyOf.filter(({ kind }) => kind === 'words'));
  if (embedder === undefined || index === undefined || terms.length === 0) return new Map();
  const vectors = await embedder.embed(terms.map(({ words }) => words));
  const found = await Promise.all(vectors.map((vector) => index.search(vector, NEAREST)));
  return new Map(
    terms.map((term, at) => {
      const near = (found[at] ?? []).filter(({ score }) => score >= LEAST_SIMILARITY);
      return [term, new Set(near.flatMap(({ id }) => eventOfLine(id) ?? []))];
    }),
  );
}

function asserted(
  events: readonly TimelineEvent[],
  ids: ReadonlySet<string> | undefined,
  term: Term,
): readonly TimelineEvent[] {
  if (ids === undefined || ids.size === 0) return [];
  const experiencer = term.mode === 'family' ? 'family' : 'patient';
  return events.filter(
    ({ id, assertion }) => ids.has(id) && assertion.existence === 'present' && assertion.experiencer === experiencer,
  );
}

function matchOf({ patient, noteDates }: CohortPatient, matches: Matches): CohortMatch {
  const dayOf = (event: TimelineEvent): IsoDate => noteDates.get(event.note) ?? '';
  const hits = matches.flatMap((events) =>
    [...events]
      .sort((a, b) => dayOf(b).localeCompare(dayOf(a)) || a.evidence[0].start - b.evidence[0].start)
      .slice(0, HITS_PER_GROUP)
      .map((event) => hitOf(event, dayOf(event))),
  );
  return { patient: patient.id, name: patient.name, score: scoreOf(matches), hits };
}

/** More mentions of each thing, and things said in one note, make a likelier match. */
function scoreOf(matches: Matches): number {
  const groups = matches.filter((events) => events.length > 0);
  const mentions = groups.reduce((sum, events) => sum + 1 + Math.log1p(events.length), 0);
  const notes = groups.map((events) => new Set(events.map(({ note }) => note)));
  const shared = [...(notes[0] ?? [])].filter((note) => notes.every((set) => set.has(note))).length;
  const score = mentions + (groups.length > 1 && shared > 0 ? 1 : 0);
  return Math.round(score * 1000) / 1000;
}

function hitOf(event: TimelineEvent, date: IsoDate): CohortHit {
  const [mention] = event.evidence;
  return {
    noteId: mention.noteId,
    date,
    start: mention.start,
    end: mention.end,
    quote: mention.quote,
    label: LABEL_OF_KIND[event.kind],
    assertion: event.assertion,
  };
}

const LABEL_OF_KIND: Readonly<Record<TimelineEvent['kind'], string>> = {
  condition: 'Condition',
  finding: 'Finding',
  medication: 'Medication',
  procedure: 'Procedure',
  result: 'Test',
  habit: 'Habit',
  genotype: 'Genotype',
};

function lastDay({ hits }: CohortMatch): string {
  return hits.reduce((last, { date }) => (date > last ? date : last), '');
}
