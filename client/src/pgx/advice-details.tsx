import { Anchor } from '@mantine/core';
import type { DrugRecommendationView, TherapyAdviceView } from '#server/contract/index.ts';
import { CitationChip } from '../conversation/citation-chip.tsx';
import { flagWords, strengthWords } from '../convert/pgx.ts';
import { useChartNotes } from '../note/use-chart-notes.ts';
import classes from './pgx.module.css';

interface DetailsProps {
  readonly patient: string;
  readonly item: TherapyAdviceView;
}

/** All that stands behind a piece of advice; what speaks against the drug in the chart comes first. */
export function AdviceDetails({ patient, item }: DetailsProps) {
  const { notes } = useChartNotes(patient);
  const items = [...item.chartItems].sort((a, b) => Number(b.contrary) - Number(a.contrary));
  return (
    <>
      {items.map((entry, index) => (
        <p key={index} className={entry.contrary ? 'danger' : ''}>
          {entry.text}
          <CitationChip patient={patient} notes={notes} citation={entry.evidence} />
        </p>
      ))}
      {item.recommendations.map((recommendation, index) => (
        <Recommendation key={index} recommendation={recommendation} />
      ))}
      {item.notChecked.length > 0 && <p className="quiet">Not checked: {item.notChecked.join(', ')}.</p>}
      {item.citations.length > 0 && (
        <p className="quiet">
          Rests on
          {item.citations.map((citation, index) => (
            <CitationChip key={index} patient={patient} notes={notes} citation={citation} />
          ))}
        </p>
      )}
    </>
  );
}

function Recommendation({ recommendation: one }: { readonly recommendation: DrugRecommendationView }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Genes', one.genes.map(({ gene, key }) => `${gene}: ${key}`).join('; ')],
    ['Asks for', flagWords(one)],
    ['Strength', one.classification ?? 'not graded'],
    ['Population', one.population ?? 'not distinguished'],
    ['Missing', one.missing.join('; ')],
    ['Warnings', one.warnings.map(({ message }) => message).join('; ')],
  ];
  return (
    <section className={classes.recommendation}>
      <h3>
        {one.guideline} <span className="quiet">{strengthWords(one)}</span>
      </h3>
      <p>{one.text}</p>
      {one.implications.map(({ gene, text }) => (
        <p key={gene + text} className="quiet">
          {gene}: {text}
        </p>
      ))}
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {one.url && (
        <Anchor href={one.url} target="_blank" rel="noreferrer noopener" size="xs">
          {one.url}
        </Anchor>
      )}
    </section>
  );
}
