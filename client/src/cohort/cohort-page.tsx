import { Anchor, EmptyState, Group, Text, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch, IconUsersGroup } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { SearchResponse } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';
import { durationWords } from '../convert/verdict.ts';
import { View } from '../frame/view.tsx';
import { hueOf } from '../theme/label-hues.ts';
import marks from '../note/marks.module.css';
import classes from './cohort.module.css';

const EXAMPLES = ['GI bleed on warfarin', 'atrial fibrillation with CKD', 'rash after an antibiotic'];

/** Searches all patients for those who have something; denied, family and hypothetical mentions are no hits. */
export function CohortPage() {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const [words, setWords] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => field.current?.focus()]]);
  const loaded = useResource(q ? resources.search(q) : null);
  const search = (query: string): void => {
    setWords(query);
    setParams(query.trim() ? { q: query.trim() } : {});
  };
  return (
    <div className={classes.page} tabIndex={0} role="region" aria-label="Cohort search">
      <Title order={1} size="h4" mb="sm">
        Cohort
      </Title>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          search(words);
        }}
      >
        <TextInput
          ref={field}
          size="sm"
          maw={620}
          aria-label="Which patients"
          placeholder="Which patients had… ( / )"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={500}
        />
      </form>
      {q === '' ? (
        <Start onSearch={search} />
      ) : (
        <View of={loaded} empty={{ when: ({ patients }) => patients.length === 0, show: <NoPatients q={q} /> }}>
          {(found) => <Found found={found} />}
        </View>
      )}
    </div>
  );
}

function Start({ onSearch }: { readonly onSearch: (query: string) => void }) {
  return (
    <div className={classes.start}>
      <Text>Finds patients whose notes say that they have, had or take something, with the words that say so.</Text>
      <Group gap="md" mt="xs">
        {EXAMPLES.map((example) => (
          <button key={example} type="button" className="link" onClick={() => onSearch(example)}>
            {example}
          </button>
        ))}
      </Group>
    </div>
  );
}

function NoPatients({ q }: { readonly q: string }) {
  return (
    <EmptyState
      mt="xl"
      icon={<IconUsersGroup size={28} stroke={1.4} />}
      title={`No patient has “${q}”`}
      description="Denied, family and hypothetical mentions do not count. Try a shorter wording or another name for it."
    />
  );
}

function Found({ found }: { readonly found: SearchResponse }) {
  return (
    <>
      <Text size="xs" c="dimmed" my="xs" role="status">
        {[
          `${found.patients.length} ${found.patients.length === 1 ? 'patient' : 'patients'}, best first`,
          durationWords(found.milliseconds),
          ...found.by,
        ].join(' · ')}
      </Text>
      <ol className={classes.list}>
        {found.patients.map((patient) => (
          <FoundPatient key={patient.patient} found={patient} />
        ))}
      </ol>
    </>
  );
}

function FoundPatient({ found }: { readonly found: SearchResponse['patients'][number] }) {
  const chart = `/patients/${encodeURIComponent(found.patient)}/chart`;
  return (
    <li>
      <Group gap="sm" wrap="nowrap">
        <Anchor component={Link} to={chart} fw={550}>
          {found.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          score {found.score.toFixed(2)}
        </Text>
      </Group>
      <ul className={classes.hits}>
        {found.hits.map((hit, index) => (
          <li key={index}>
            <Link
              to={`${chart}?note=${encodeURIComponent(hit.noteId)}&span=${hit.start}-${hit.end}&view=evidence`}
              className={classes.hit}
            >
              <span className="quiet">{formatDate(hit.date)}</span>{' '}
              <span className={marks.mark} data-hue={hueOf(hit.label)}>
                {hit.quote}
              </span>{' '}
              <span className="quiet">{hit.label.toLowerCase()}</span>
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}
