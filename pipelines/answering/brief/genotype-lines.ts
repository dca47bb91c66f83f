import type { Citation } from '../../domain/evidence.ts';
import type { GeneResult, PgxReport, TherapyAdvice } from '../../domain/pgx.ts';
import type { DraftClaim } from '../draft/types.ts';
import { capital, inline } from '../draft/wording.ts';
import { listLines } from './lines.ts';
import type { BriefContext, BriefLine, BriefPart } from './types.ts';

const ADVICE = 3;
const ADVICE_WORDS = 40;

/** Genes with phenotype, and what critically bears on a drug that is taken; without a report, what notes state. */
export function genotypePart(context: BriefContext): BriefPart {
  const { therapy, chart, caps } = context;
  const things =
    therapy === null
      ? chart.genotypes.map((fact): DraftClaim => ({
          text: inline(fact.text),
          citations: [fact.evidence[0]],
          polarity: 'quoted',
        }))
      : therapy.genes.flatMap((result) => geneThing(result, therapy));
  const critical = (therapy?.advice ?? []).filter(({ current, action }) => current && action === 'critical');
  const advice = critical.flatMap(adviceLine);
  return {
    kind: 'genotype',
    title: 'Genotype',
    lines: [...listLines(context, '', things, caps.listed), ...counted(advice)],
  };
}

function counted(lines: readonly BriefLine[]): BriefLine[] {
  const more = lines.length - ADVICE;
  return lines.slice(0, ADVICE).map((line, at) => (more > 0 && at === ADVICE - 1 ? { ...line, more } : line));
}

/** `CYP2C19 *2/*2: poor metabolizer`, with what drugs taken now make of it. */
function geneThing(result: GeneResult, report: PgxReport): DraftClaim[] {
  const own = sourceOf(result, report);
  if (own === null || (result.phenotype.length === 0 && result.diplotypes.length === 0)) return [];
  const alleles = [...result.diplotypes.map((pair) => pair.join('/')), ...result.components].join(' or ');
  const phenotype = result.phenotype.join(' or ');
  const clinical = result.clinicalPhenotype;
  const changing = (clinical?.perpetrators ?? []).filter(
    ({ strength, evidence }) => strength !== 'weak' && evidence !== undefined,
  );
  const changed =
    clinical === null || changing.length === 0 || clinical.phenotype === phenotype
      ? ''
      : `, but ${clinical.phenotype.toLowerCase()} with ${changing.map(({ drug }) => drug).join(' and ')}`;
  const places = changed === '' ? [] : changing.flatMap(({ evidence }) => evidence ?? []);
  const words = [alleles, phenotype].filter((part) => part !== '').join(': ');
  return [{ text: `${result.gene} ${words}${changed}`, citations: [own, ...places], polarity: 'quoted' }];
}

/** The note that reports the gene; for a file, the rule that used the result. */
function sourceOf({ gene, source }: GeneResult, { advice }: PgxReport): Citation | null {
  if (source.kind === 'note') return source.evidence;
  const using = advice.find(({ recommendations }) =>
    recommendations.some(({ genes }) => genes.some((one) => one.gene === gene)),
  );
  return using?.citations.find(({ kind }) => kind === 'rule') ?? null;
}

function adviceLine({ drug, summary, citations }: TherapyAdvice): BriefLine[] {
  const [first, ...rest] = citations;
  if (first === undefined) return [];
  const words = summary.split(/\s+/);
  const text = words.length <= ADVICE_WORDS ? summary : `${words.slice(0, ADVICE_WORDS).join(' ')} …`;
  return [
    {
      text: `Critical for ${drug}: ${capital(inline(text))}`,
      citations: [first, ...rest.slice(0, 3)],
      polarity: 'quoted',
    },
  ];
}
