import type { PgxResponse } from '#server/contract/index.ts';
import { sourceCitation, sourceWords } from '../convert/pgx.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Panel } from '../frame/panel.tsx';
import classes from './pgx.module.css';

/** Genes for which two sources disagree; no advice rests on them. */
export function GeneConflicts({ report }: { readonly report: PgxResponse }) {
  if (report.conflicts.length === 0) return null;
  return (
    <Panel title="Sources disagree" aside="no advice rests on these">
      {report.conflicts.map(({ gene, results }) => (
        <div key={gene} className={classes.conflict}>
          <b>{gene}</b>
          {results.map(({ text, source }, index) => (
            <div key={index} className={classes.side}>
              <span className="code">{text}</span>{' '}
              <span className={classes.small}>
                <EvidenceButton of={sourceCitation(source)}>{sourceWords(source)}</EvidenceButton>
              </span>
            </div>
          ))}
        </div>
      ))}
    </Panel>
  );
}
