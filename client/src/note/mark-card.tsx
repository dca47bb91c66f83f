import { Anchor, Divider, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { GetNoteResponse, NoteEntity } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formsOf } from '../convert/assertion.ts';
import { relationsOf, relationWords } from '../convert/relations.ts';
import { modelRelease } from '../convert/verdict.ts';
import { hueOf } from '../theme/label-hues.ts';
import marks from './marks.module.css';
import classes from './mark-card.module.css';

interface CardProps {
  readonly patient: string;
  readonly note: GetNoteResponse;
  readonly entity: NoteEntity;
}

/** Everything that is known of a mark. */
export function MarkCard({ patient, note, entity }: CardProps) {
  const related = relationsOf(note, entity.id);
  return (
    <div className={classes.card}>
      <Group justify="space-between" wrap="nowrap" gap="xs" mb={4}>
        <span className={marks.mark} data-hue={hueOf(entity.label)}>
          {entity.label}
        </span>
        <Text size="xs" c="dimmed">
          score {entity.score.toFixed(2)}
        </Text>
      </Group>
      <dl className={classes.facts}>
        <dt>says</dt>
        <dd>{[entity.action, ...formsOf(entity.assertion)].filter(Boolean).join(', ')}</dd>
        <Cues note={note} entity={entity} />
        {entity.concepts?.map(({ system, code, display }) => (
          <Fact key={`${system}|${code}`} name={systemName(system)}>
            {display} <span className="code">{code}</span>
          </Fact>
        ))}
        {related.map((relation) => (
          <Fact key={relation.other.id + relation.type} name={relationWords(relation)}>
            {relation.text}
          </Fact>
        ))}
      </dl>
      <Divider my={6} />
      <Uses patient={patient} note={note.note.id} entity={entity} />
      <Text size="xs" c="dimmed" mt={4}>
        {note.pipeline && modelRelease(note.pipeline)}
      </Text>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Cues({ note, entity }: { readonly note: GetNoteResponse; readonly entity: NoteEntity }) {
  const cues = entity.cues ?? [];
  const differ =
    entity.ruleFlags !== undefined && [...entity.ruleFlags].sort().join() !== [...entity.flags].sort().join();
  return (
    <>
      {cues.length > 0 && (
        <Fact name="because of">{cues.map((cue) => `“${note.note.text.slice(cue.start, cue.end)}”`).join(', ')}</Fact>
      )}
      {differ && (
        <Fact name="context">
          <span className="look">uncertain: the model and the rules read it differently</span>
        </Fact>
      )}
    </>
  );
}

function Uses({
  patient,
  note,
  entity,
}: {
  readonly patient: string;
  readonly note: string;
  readonly entity: NoteEntity;
}) {
  const { data } = useResource(resources.noteUses(patient, note, { start: entity.start, end: entity.end }));
  const answers = data?.answers ?? [];
  if (answers.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {data ? 'No answer has used this yet' : '\u00a0'}
      </Text>
    );
  }
  return (
    <div>
      <Text size="xs" c="dimmed">
        {answers.length} {answers.length === 1 ? 'answer' : 'answers'} used this
      </Text>
      {answers.slice(0, 4).map(({ id, conversation, question }) => (
        <Anchor
          key={id}
          component={Link}
          size="xs"
          display="block"
          truncate
          to={`/patients/${encodeURIComponent(patient)}/chat/${encodeURIComponent(conversation)}?answer=${encodeURIComponent(id)}&note=${encodeURIComponent(note)}&span=${entity.start}-${entity.end}`}
        >
          {question}
        </Anchor>
      ))}
    </div>
  );
}

const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  'http://loinc.org': 'LOINC',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
  'http://purl.obolibrary.org/obo/doid.owl': 'DOID',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'https://go.drugbank.com': 'DrugBank',
  'http://id.nlm.nih.gov/mesh': 'MeSH',
  'urn:anamnesis:medication': 'medication',
  'urn:anamnesis:test': 'test',
};

function systemName(system: string): string {
  return SYSTEM_NAMES[system] ?? 'concept';
}
