import { ActionIcon, Group, Table, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { PgxResponse, TherapyAdviceView } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { actionWords, genesOf, sortAdvice, strengthWords } from '../convert/pgx.ts';
import { Nothing, Panel } from '../frame/panel.tsx';
import { View } from '../frame/view.tsx';
import { AdviceDetails } from './advice-details.tsx';
import classes from './pgx.module.css';

interface MedicinesProps {
  readonly patient: string;
  readonly report: PgxResponse;
}

/** Medicines against genes: what to do, in one sentence, by whose guideline. Any other medicine can be looked up. */
export function MedicinesTable({ patient, report }: MedicinesProps) {
  const advice = sortAdvice(report.advice);
  return (
    <Panel title="Medicines" aside={<DrugLookup />}>
      <LookedUp patient={patient} />
      {advice.length === 0 ? (
        <Nothing>No current medicine has advice by these genes.</Nothing>
      ) : (
        <AdviceTable patient={patient} advice={advice} />
      )}
    </Panel>
  );
}

function DrugLookup() {
  const [params, setParams] = useSearchParams();
  const [drug, setDrug] = useState(params.get('drug') ?? '');
  const look = (name: string): void => {
    const next = new URLSearchParams(params);
    if (name.trim()) next.set('drug', name.trim());
    else next.delete('drug');
    setParams(next);
  };
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        look(drug);
      }}
    >
      <TextInput
        aria-label="Look up a medicine"
        placeholder="Another medicine, Enter"
        leftSection={<IconSearch size={13} aria-hidden />}
        w={190}
        value={drug}
        onChange={(event) => setDrug(event.currentTarget.value)}
      />
    </form>
  );
}

/** Advice on the medicine that the address names, whether it is taken or not. */
function LookedUp({ patient }: { readonly patient: string }) {
  const [params] = useSearchParams();
  const drug = params.get('drug');
  const loaded = useResource(drug ? resources.pgxFor(patient, drug) : null);
  if (!drug) return null;
  return (
    <div className={classes.lookedUp}>
      <View of={loaded}>
        {({ advice }) =>
          advice.length > 0 ? (
            <AdviceTable patient={patient} advice={sortAdvice(advice)} open />
          ) : (
            <Nothing>There is no pharmacogenomic guidance on “{drug}” in these releases.</Nothing>
          )
        }
      </View>
    </div>
  );
}

interface TableProps {
  readonly patient: string;
  readonly advice: readonly TherapyAdviceView[];
  readonly open?: boolean;
}

function AdviceTable({ patient, advice, open = false }: TableProps) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={150}>Medicine</Table.Th>
          <Table.Th w={120}>Action</Table.Th>
          <Table.Th>Advice</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {advice.map((item) => (
          <AdviceRows key={item.drug} patient={patient} item={item} open={open} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function AdviceRows({
  patient,
  item,
  open,
}: {
  readonly patient: string;
  readonly item: TherapyAdviceView;
  readonly open: boolean;
}) {
  const [expanded, setExpanded] = useState(open);
  const action = actionWords(item.action);
  const guideline = item.recommendations[0];
  const Chevron = expanded ? IconChevronDown : IconChevronRight;
  return (
    <Fragment>
      <Table.Tr>
        <Table.Td>
          <Group gap={2} wrap="nowrap" align="start">
            <ActionIcon
              variant="subtle"
              color="gray"
              size={20}
              className="no-print"
              aria-expanded={expanded}
              aria-label={`Details of ${item.drug}`}
              onClick={() => setExpanded(!expanded)}
            >
              <Chevron size={14} />
            </ActionIcon>
            <span>
              <b>{item.drug}</b>
              {!item.current && <span className="quiet"> not taken now</span>}
              <div className={`quiet ${classes.small}`}>{genesOf(item.recommendations).join(', ')}</div>
            </span>
          </Group>
        </Table.Td>
        <Table.Td className={action.tone} fw={action.tone === 'quiet' ? 400 : 600}>
          {action.text}
        </Table.Td>
        <Table.Td>
          <span className={item.action === 'none' ? 'quiet' : ''}>{item.summary}</span>
          {guideline && <div className={`quiet ${classes.small}`}>{strengthWords(guideline)}</div>}
        </Table.Td>
      </Table.Tr>
      {expanded && (
        <Table.Tr>
          <Table.Td colSpan={3} className={classes.details ?? ''}>
            <AdviceDetails patient={patient} item={item} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}
