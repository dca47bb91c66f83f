import { HoverCard, UnstyledButton } from '@mantine/core';
import type { Citation, NoteCitation } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { chipText, ruleKey } from '../convert/citations.ts';
import type { NumberedNote } from '../convert/citations.ts';
import { contextOf } from '../convert/context.ts';
import { formatDate } from '../convert/dates.ts';
import { useEvidence } from '../frame/use-evidence.ts';
import classes from './citation-chip.module.css';

interface ChipProps {
  readonly patient: string;
  readonly citation: Citation;
  readonly notes: readonly NumberedNote[];
  /** What the chip shows, where the one before it names the note already. */
  readonly label?: string;
}

/** A source: `03 · 12 Mar 2022`. Resting on it previews the words; a click opens the note at them. */
export function CitationChip({ patient, citation, notes, label }: ChipProps) {
  const { openCitation, target } = useEvidence();
  const open =
    citation.kind === 'rule'
      ? target.rule === ruleKey(citation)
      : target.note === citation.noteId && target.span?.start === citation.start && target.span.end === citation.end;
  const text = chipText(citation, notes);
  const what = citation.kind === 'note' ? `${text}: “${citation.quote}”` : `${text}: ${citation.rule}`;
  return (
    <HoverCard width={340} openDelay={200} closeDelay={80} position="top" withinPortal>
      <HoverCard.Target>
        <UnstyledButton
          className={classes.chip ?? ''}
          data-open={open || undefined}
          data-kind={citation.kind}
          aria-label={label === undefined || label === text ? `Source ${what}` : `Source ${label}, ${what}`}
          onClick={() => openCitation(citation)}
        >
          {label ?? text}
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown p="sm">
        {citation.kind === 'note' ? (
          <NotePreview patient={patient} citation={citation} notes={notes} />
        ) : (
          <div className={classes.preview}>
            <b>{citation.ruleSet}</b> <span className="quiet">release {citation.release}</span>
            <div className="code">{citation.rule}</div>
            {citation.quote && <p>{citation.quote}</p>}
          </div>
        )}
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

interface PreviewProps {
  readonly patient: string;
  readonly citation: NoteCitation;
  readonly notes: readonly NumberedNote[];
}

/** The cited words with the line before and after; the words alone until the note has come. */
function NotePreview({ patient, citation, notes }: PreviewProps) {
  const { data } = useResource(resources.note(patient, citation.noteId));
  const note = notes.find(({ id }) => id === citation.noteId);
  const context = data ? contextOf(data.note.text, citation) : { before: '', quote: citation.quote, after: '' };
  return (
    <div className={classes.preview}>
      <div className="quiet">{note ? `${note.type}, ${formatDate(note.date)}` : ''}</div>
      <p>
        {context.before}
        <mark>{context.quote}</mark>
        {context.after}
      </p>
    </div>
  );
}
