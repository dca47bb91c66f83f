import { EmptyState, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import type { ConflictItem } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';
import { conflictTitle } from '../convert/conflicts.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { View } from '../frame/view.tsx';
import classes from './conflicts.module.css';

/** Where the notes contradict each other, side by side. Which one holds is left to the reader. */
export function Conflicts({ patient }: { readonly patient: string }) {
  const loaded = useResource(resources.conflicts(patient));
  const none = (
    <EmptyState
      mt="xl"
      icon={<IconArrowsSplit2 size={28} stroke={1.4} />}
      title="No conflict found"
      description="Allergies against orders, sides, smoking, statuses, doses and values were compared over all notes read."
    />
  );
  return (
    <View of={loaded} empty={{ when: ({ items }) => items.length === 0, show: none }}>
      {({ items }) => (
        <div className={classes.board}>
          {items.map((item, index) => (
            <Conflict key={`${item.kind}${item.concept}${index}`} item={item} />
          ))}
        </div>
      )}
    </View>
  );
}

function Conflict({ item }: { readonly item: ConflictItem }) {
  const title = conflictTitle(item);
  return (
    <section className={classes.conflict} aria-label={title.text}>
      <h2 className={title.danger ? 'danger' : 'look'}>{title.text}</h2>
      <div className={classes.sides}>
        {item.sides.map((side, index) => (
          <div key={index} className={classes.side}>
            <Text size="xs" c="dimmed">
              {formatDate(side.date)}
            </Text>
            <EvidenceButton of={side.evidence}>{side.text}</EvidenceButton>
            {side.evidence.quote !== side.text && <p className={classes.quote}>“{side.evidence.quote}”</p>}
          </div>
        ))}
      </div>
    </section>
  );
}
