import type {
  AllergiesResponse,
  BriefResponse,
  ConflictsResponse,
  ExampleQuestionsResponse,
  GenotypesMentionedResponse,
  GetConversationResponse,
  GetNoteResponse,
  GetPatientResponse,
  HabitsResponse,
  ListConversationsResponse,
  ListNotesResponse,
  ListPatientsResponse,
  MedicationsResponse,
  NoteUsesResponse,
  PgxResponse,
  ProblemsResponse,
  ProceduresResponse,
  ResultsResponse,
  SearchResponse,
  StatusResponse,
  TimelineResponse,
  TurnView,
} from '#server/contract/index.ts';

/** An address that can be read, with the type of its reply. */
export interface Resource<Reply> {
  readonly path: string;
  /** Only a type. */
  readonly reply?: Reply;
}

type Query = Readonly<Record<string, string | number | null | undefined>>;

function resource<Reply>(path: string, query: Query = {}): Resource<Reply> {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return { path: `/api/v1${path}${search ? `?${search}` : ''}` };
}

const at = (patient: string): string => `/patients/${encodeURIComponent(patient)}`;

/** Everything the client reads, by name. */
export const resources = {
  status: () => resource<StatusResponse>('/status'),
  patients: () => resource<ListPatientsResponse>('/patients'),
  patient: (id: string) => resource<GetPatientResponse>(at(id)),
  notes: (id: string) => resource<ListNotesResponse>(`${at(id)}/notes`),
  note: (id: string, note: string) => resource<GetNoteResponse>(`${at(id)}/notes/${encodeURIComponent(note)}`),
  noteUses: (id: string, note: string, range: { start: number; end: number }) =>
    resource<NoteUsesResponse>(`${at(id)}/notes/${encodeURIComponent(note)}/uses`, range),
  timeline: (id: string) => resource<TimelineResponse>(`${at(id)}/timeline`),
  medications: (id: string) => resource<MedicationsResponse>(`${at(id)}/medications`),
  problems: (id: string) => resource<ProblemsResponse>(`${at(id)}/problems`),
  allergies: (id: string) => resource<AllergiesResponse>(`${at(id)}/allergies`),
  results: (id: string) => resource<ResultsResponse>(`${at(id)}/results`),
  procedures: (id: string) => resource<ProceduresResponse>(`${at(id)}/procedures`),
  habits: (id: string) => resource<HabitsResponse>(`${at(id)}/habits`),
  genotypes: (id: string) => resource<GenotypesMentionedResponse>(`${at(id)}/genotypes-mentioned`),
  conflicts: (id: string) => resource<ConflictsResponse>(`${at(id)}/conflicts`),
  brief: (id: string, since: string | null) => resource<BriefResponse>(`${at(id)}/brief`, { since }),
  examples: (id: string) => resource<ExampleQuestionsResponse>(`${at(id)}/questions/examples`),
  conversations: (id: string) => resource<ListConversationsResponse>(`${at(id)}/conversations`),
  conversation: (id: string, conversation: string) =>
    resource<GetConversationResponse>(`${at(id)}/conversations/${encodeURIComponent(conversation)}`),
  answer: (id: string, answer: string) => resource<TurnView>(`${at(id)}/answers/${encodeURIComponent(answer)}`),
  pgx: (id: string) => resource<PgxResponse>(`${at(id)}/pgx`),
  pgxFor: (id: string, drug: string) => resource<PgxResponse>(`${at(id)}/pgx/recommendations`, { drug }),
  search: (q: string) => resource<SearchResponse>('/search', { q, limit: 50 }),
};
