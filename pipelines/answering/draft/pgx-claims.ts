import type { Citation, NoteCitation, RuleCitation } from '../../domain/evidence.ts';
import type { DrugRecommendation, GeneResult, PgxReport, TherapyAction, TherapyAdvice } from '../../domain/pgx.ts';
import { lowersActivity } from '../../pgx/phenoconversion/index.ts';
import { actionOf } from '../../pgx/recommender/index.ts';
import { ruleCitation } from '../../pgx/therapy/advice.ts';
import { labelRange } from '../../pgx/warfarin/label.ts';
import { adviceWords, changedPhenotype, phenotypeWords, strengthWords, withHouseDates } from './pgx-words.ts';
import type { DraftClaim } from './types.ts';
import { capital } from './wording.ts';

/** Advice on one drug with the row that leads it. */
export interface Leading {
  readonly advice: TherapyAdvice;
  readonly row: DrugRecommendation;
  readonly action: TherapyAction;
}

const SOURCES: Readonly<Record<DrugRecommendation['source'], number>> = { CPIC: 10, DPWG: 5, FDA: 4 };
const GRAVITY: Readonly<Record<TherapyAction, number>> = { critical: 3, warning: 2, none: 1, 'not-assessed': 0 };

/** The row that leads a drug's advice: CPIC before the others, graver before milder; null where no source has one. */
export function leadingRow(advice: TherapyAdvice): Leading | null {
  const isTaken = advice.chartItems.some(
    ({ kind, ofClass }) => ofClass !== true && (kind === 'current' || kind === 'stopped'),
  );
  const taken = advice.recommendations.filter(({ text }) => !(isTaken && /-na[iï]ve\b/i.test(text)));
  const [best] = (taken.length > 0 ? taken : advice.recommendations)
    .map((row) => ({ advice, row, action: actionOf(row) }))
    .sort(
      (a, b) =>
        SOURCES[b.row.source] + GRAVITY[b.action] - SOURCES[a.row.source] - GRAVITY[a.action] ||
        Number(a.row.missing.length > 0) - Number(b.row.missing.length > 0),
    );
  return best ?? null;
}

/** Gravest first. */
export function byGravity(a: Leading, b: Leading): number {
  return GRAVITY[b.action] - GRAVITY[a.action] || SOURCES[b.row.source] - SOURCES[a.row.source];
}

/** Genes of a row as results name them. */
export function genesOfRow(row: DrugRecommendation): string[] {
  return row.genes.flatMap(({ gene }) => (gene.startsWith('Nonspecific') ? ['NAT2'] : gene.split(/\s+and\/or\s+/)));
}

/** Words for whether a drug may be given, from how grave the guideline's row is. */
const VERDICT: Readonly<Record<TherapyAction, string>> = {
  critical: 'No: ',
  warning: 'With changes: ',
  none: 'Yes by genotype: ',
  'not-assessed': '',
};

/** The guideline's action for a drug. @param verdict - Whether it answers "may it be given?". */
export function guidelineClaim(leading: Leading, words: number, verdict: boolean): DraftClaim {
  const { row, action } = leading;
  const strength = strengthWords(row);
  const lead = verdict ? VERDICT[action] : '';
  const phrase = adviceWords(row.text, words, action);
  const names = phrase.toLowerCase().includes(row.drug.toLowerCase()) ? '' : `${row.drug}: `;
  const said = lead !== '' && /^[A-Z][a-z]/.test(phrase) ? `${phrase[0]!.toLowerCase()}${phrase.slice(1)}` : phrase;
  return {
    text: capital(`${lead}${names}${said} ${strength}.`),
    citations: [rowCitation(row)],
    polarity: 'quoted',
    computed: ['guideline'],
  };
}

/** Whether a dose of warfarin that the question names fits the range that the label gives for the genotype. */
export function labelClaim(advice: readonly TherapyAdvice[], question: string): DraftClaim | null {
  const row = advice.flatMap(({ recommendations }) => recommendations).find((one) => labelRange(one) !== null);
  const range = row === undefined ? null : labelRange(row);
  if (row === undefined || range === null) return null;
  const asked = /(\d+(?:\.\d+)?) ?mg\b/i.exec(question)?.[1];
  const fit =
    asked === undefined
      ? ''
      : Number(asked) > range[1]
        ? 'Too high by genotype: '
        : Number(asked) < range[0]
          ? 'Low by genotype: '
          : 'Within range by genotype: ';
  const words = row.text.replace(/\.$/, '');
  return {
    text: `${fit}${fit === '' ? words : words.toLowerCase()} (FDA label).`,
    citations: [rowCitation(row)],
    polarity: 'quoted',
    computed: ['guideline'],
  };
}

/** A row as a citation; its quote names the row's drug where the advice itself does not. */
export function rowCitation(row: DrugRecommendation): RuleCitation {
  const citation = ruleCitation(row);
  const named = row.text.toLowerCase().includes(row.drug.toLowerCase());
  return named ? citation : { ...citation, quote: `${row.drug}: ${row.text}` };
}

/** A contrary item of the chart, which leads and is never overridden by genes. */
export function contraryClaim(advice: readonly TherapyAdvice[], verdict: boolean): DraftClaim | null {
  const items = advice.flatMap(({ chartItems }) =>
    chartItems.filter(({ contrary, ofClass }) => contrary && ofClass !== true),
  );
  const [first, second] = items;
  if (first === undefined) return null;
  const also = second !== undefined && second.text !== first.text && second.kind !== first.kind ? [second] : [];
  const lead = !verdict ? '' : first.kind === 'stopped' ? 'Caution: ' : 'No: ';
  const [cited, ...more] = [first, ...also].map(({ evidence }) => evidence);
  return {
    text: `${lead}${withHouseDates([first, ...also].map(({ text }) => text).join('; '))}.`,
    citations: [cited!, ...more],
    polarity: 'quoted',
    computed: ['chart item'],
  };
}

/** A contrary item on another drug of the class, which is told and decides nothing. */
export function classClaim(advice: readonly TherapyAdvice[]): DraftClaim | null {
  const item = advice
    .flatMap(({ chartItems }) => chartItems)
    .find(({ contrary, ofClass }) => contrary && ofClass === true);
  if (item === undefined) return null;
  return {
    text: `Same class: ${withHouseDates(item.text)}.`,
    citations: [item.evidence],
    polarity: 'quoted',
    computed: ['chart item'],
  };
}

/** Several results in one claim. */
export function joined(claims: readonly DraftClaim[]): DraftClaim | null {
  const [first, ...rest] = claims;
  if (first === undefined || rest.length === 0) return first ?? null;
  const [cited, ...more] = claims.flatMap(({ citations }) => citations);
  return {
    ...first,
    text: `${claims.map(({ text }) => text.replace(/\.$/, '')).join('; ')}.`,
    citations: [cited!, ...more],
  };
}

export interface PhenotypeOptions {
  readonly british: boolean;
  /** Whether a phenotype of the past explains what is asked. */
  readonly past: boolean;
  /** The row that uses the result; its key says which of an HLA gene's results counts. */
  readonly row?: DrugRecommendation;
}

/** A gene's result with what drugs make of it; null where it stands on nothing that can be cited. */
export function phenotypeClaim(result: GeneResult, options: PhenotypeOptions): DraftClaim | null {
  const key = options.row?.genes.find(({ gene }) => gene === result.gene)?.key;
  const clinical = changedPhenotype(result, options.past);
  const perpetrators = (clinical?.perpetrators ?? []).filter(lowersActivity).flatMap(({ evidence }) => evidence ?? []);
  const own: Citation[] =
    result.source.kind === 'note'
      ? [result.source.evidence]
      : options.row === undefined
        ? []
        : [rowCitation(options.row)];
  const graded =
    key !== undefined && result.gene === 'VKORC1' && options.row !== undefined ? [rowCitation(options.row)] : [];
  const [first, ...rest] = [...own, ...perpetrators, ...graded];
  if (first === undefined || (result.phenotype.length === 0 && result.diplotypes.length === 0)) return null;
  const words = phenotypeWords(result, {
    british: options.british,
    past: options.past,
    ...(key === undefined ? {} : { key }),
  });
  return { text: `${words}.`, citations: [first, ...rest], polarity: 'quoted', computed: ['phenotype'] };
}

/** Two reports of one gene that disagree; neither is used silently. */
export function disagreementClaim(conflict: PgxReport['conflicts'][number]): DraftClaim | null {
  const noted = conflict.results.flatMap(({ text, source }) =>
    source.kind === 'note' ? [{ text, evidence: source.evidence }] : [],
  );
  const [first, ...rest] = noted.map(({ evidence }): NoteCitation => evidence);
  if (first === undefined) return null;
  return {
    text: `Sources disagree on ${conflict.gene}: ${conflict.results.map(({ text }) => text).join(' against ')}.`,
    citations: [first, ...rest],
    polarity: 'quoted',
    computed: ['phenotype'],
  };
}
