import { Anchor, Button, EmptyState, Group, Table, Text, TextInput, Title, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { PatientSummary } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { ageOn, formatDate } from '../convert/dates.ts';
import { matchPatients } from '../convert/match-patients.ts';
import { View } from '../frame/view.tsx';
import { AddPatientDialog } from './add-patient-dialog.tsx';
import classes from './patients.module.css';

/** All patients of the store, to search and to open. */
export function PatientsPage() {
  const loaded = useResource(resources.patients());
  const [words, setWords] = useState('');
  const [adding, { open, close }] = useDisclosure(false);
  return (
    <div className={classes.page}>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={1} size="h4">
          Patients
        </Title>
        <Button leftSection={<IconUserPlus size={15} />} onClick={open}>
          Add patient
        </Button>
      </Group>
      <View of={loaded} empty={{ when: ({ patients }) => patients.length === 0, show: <NoPatients onAdd={open} /> }}>
        {({ patients }) => (
          <>
            <TextInput
              aria-label="Search patients"
              placeholder="Name or id"
              leftSection={<IconSearch size={15} aria-hidden />}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
              maw={360}
              mb="sm"
              data-autofocus
            />
            <PatientTable patients={matchPatients(patients, words)} words={words} />
          </>
        )}
      </View>
      <AddPatientDialog opened={adding} onClose={close} />
    </div>
  );
}

function NoPatients({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <EmptyState
      mt="xl"
      icon={<IconUsers size={28} stroke={1.4} />}
      title="No patients yet"
      description="Add one, then give it notes. Started with the demo, invented patients stand here."
    >
      <EmptyState.Actions>
        <Button onClick={onAdd}>Add patient</Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

function PatientTable({ patients, words }: { readonly patients: readonly PatientSummary[]; readonly words: string }) {
  if (patients.length === 0) return <Text c="dimmed">No patient matches “{words}”.</Text>;
  return (
    <Table highlightOnHover className={classes.table ?? ''}>
      <Table.Caption>
        <VisuallyHidden>Patients, with their last notes</VisuallyHidden>
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="xs">Born</Table.Th>
          <Table.Th>Age</Table.Th>
          <Table.Th visibleFrom="xs">Sex</Table.Th>
          <Table.Th ta="end">Notes</Table.Th>
          <Table.Th>Last note</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {patients.map((patient) => (
          <PatientRow key={patient.id} patient={patient} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PatientRow({ patient }: { readonly patient: PatientSummary }) {
  const navigate = useNavigate();
  const to = `/patients/${encodeURIComponent(patient.id)}/chart`;
  return (
    <Table.Tr className={classes.row ?? ''} onClick={() => void navigate(to)}>
      <Table.Td>
        <Anchor component={Link} to={to} fw={550} onClick={(event) => event.stopPropagation()}>
          {patient.name}
        </Anchor>
      </Table.Td>
      <Table.Td visibleFrom="xs">{patient.birthDate ? formatDate(patient.birthDate) : ''}</Table.Td>
      <Table.Td>{ageOn(patient.birthDate, patient.lastNote) ?? ''}</Table.Td>
      <Table.Td visibleFrom="xs">{patient.sex ?? ''}</Table.Td>
      <Table.Td ta="end">{patient.notes}</Table.Td>
      <Table.Td>{patient.lastNote ? formatDate(patient.lastNote) : <span className="quiet">none</span>}</Table.Td>
    </Table.Tr>
  );
}
