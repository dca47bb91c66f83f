import type { GeneResult } from '../../domain/pgx.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { matchesOf } from '../evidence/subject-match.ts';
import { isRepeat } from './extract.ts';
import { isOfFamily } from './family.ts';
import type { TherapyAsked } from './pgx-asked.ts';
import { classesIn } from './pgx-words.ts';
import type { DraftClaim, DraftContext } from './types.ts';
import { quoteUnit, sourceOf, wordCount } from './wording.ts';

const PHENOTYPE =
  /\b(metaboli[sz]ers?|acetylators?|(?:decreased|poor|normal|increased|no|reduced) function|carrier|positive|negative|heterozyg\w+|homozyg\w+|sensitiv\w+|phenoconver\w+|deficien\w+|susceptib\w+|activity score|[PINU]M)\b|\*\d/i;
const ADVICE =
  /\b(avoid\w*|do not|don't|not be (?:used|given|rechallenged|prescribed)|never|should|alternative\w*|instead|switch\w*|reduc\w+|lower\w*|half|halve|\d+ ?%|contraindicat\w*|recommend\w*|advis\w*|choose|prefer\w*|pick|start(?:ing)? (?:at|dose)|standard dos\w+|no change|not indicated|inhibit\w*|ineffective|not (?:activated|converted)|toxicity|risk)\b/i;
const FORBIDS =
  /\b(avoid\w*|do not|don't|contraindicat\w*|never|must not|not (?:be )?(?:used?|given|prescribed?|recommended|an option|indicated|rechallenged)|absolutely no|no (?:more )?\w+[- ]containing)\b/i;
const CHANGED = /\b(inhibit\w*|phenoconver\w*|functional(?:ly)?|functions? as|functioned as|behav\w+ as|acts? as)\b/i;
const BECAUSE =
  /\b(explain\w*|because|due to|consistent with|fits?|attributed|result of|as a \w+|so|thus|therefore|owing)\b/i;

const DOSE_CHANGE = /\d ?%|\bpercent\b|\bhal(?:f|ve)\b|\breduc\w+|\blower\w*|\bbelow\b|\bless than\b/i;
const GUIDELINE = /\b(CPIC|DPWG|guidelines?|pharmacist|PGx)\b/i;

/** What sentences of the notes are chosen for. */
export interface SentenceSearch {
  readonly asked: TherapyAsked;
  /** Genes of the answer, or none where the notes alone are asked. */
  readonly genes: readonly string[];
  readonly results: readonly GeneResult[];
  /** Whether a phenotype and its alleles are told already. */
  readonly told: boolean;
  /** Whether a phenotype of the past is what the question is about. */
  readonly past: boolean;
  /** Whether the question asks what to do beside why. */
  readonly wantsAction: boolean;
}

/** Quotes of the notes on a drug and the genes, best first, in at most `words` words. */
export function quotesOf(context: DraftContext, search: SentenceSearch, words: number, most: number): DraftClaim[] {
  const claims: DraftClaim[] = [];
  const chosen: Unit[] = [];
  let left = words;
  for (const unit of rankedUnits(context, search)) {
    if (claims.length === most || left < 14) break;
    if (chosen.some((other) => isRepeat(other, unit))) continue;
    const claim = quoted(unit, search, Math.min(24, left - wordCount(sourceOf(unit))));
    const size = wordCount(claim.text);
    if (size > left) continue;
    chosen.push(unit);
    claims.push(claim);
    left -= size;
  }
  return claims;
}

function rankedUnits(context: DraftContext, search: SentenceSearch): Unit[] {
  const { asked, genes } = search;
  const drug = unitsOf(context, (subject) => asked.drugs.some(({ key }) => key === subject));
  const other = unitsOf(context, (subject) => !asked.drugs.some(({ key }) => key === subject));
  const named = geneTest(genes);
  const stale = staleTest(context, search);
  return context.index.units
    .map((unit) => {
      const seen = {
        gene: named(unit.text),
        drug: drug.get(unit.index) ?? 0,
        other: other.get(unit.index) ?? 0,
        phenotype: PHENOTYPE.test(unit.text),
        recency: unit.noteIndex / Math.max(1, context.chart.notes.length - 1),
      };
      const relevant = (seen.gene || seen.drug > 0) && !stale(unit) && !isOfFamily(unit, context);
      return { unit, score: relevant ? score(unit, seen, search) : 0 };
    })
    .filter(({ score: value }) => value >= 2)
    .sort((a, b) => b.score - a.score || b.unit.index - a.unit.index)
    .map(({ unit }) => unit);
}

interface Seen {
  readonly gene: boolean;
  readonly drug: number;
  readonly other: number;
  readonly phenotype: boolean;
  readonly recency: number;
}

function score({ text, words }: Unit, seen: Seen, { asked, past, told, wantsAction }: SentenceSearch): number {
  const when = (value: number, test: boolean): number => (test ? value : 0);
  const common =
    when(1.2, seen.gene) + 1.6 * seen.drug + 0.7 * Math.min(1, seen.other) + when(told ? 0.3 : 0.9, seen.phenotype);
  const short = when(-1, words.length < 4) + when(-1.2, /\?\s*$/.test(text));
  const explains = when(1.4, CHANGED.test(text)) + when(0.6, BECAUSE.test(text));
  const advises = ADVICE.test(text);
  const acts =
    when(1.2, advises && wantsAction) +
    when(0.8, wantsAction && DOSE_CHANGE.test(text)) +
    when(0.4, GUIDELINE.test(text));
  if (past || asked.manner === 'why') return common + short + Math.max(explains, acts) + 0.2 * seen.recency;
  const forbids = when(0.5, asked.manner === 'may' && FORBIDS.test(text));
  return common + short + when(1, advises) + forbids + 0.5 * seen.recency;
}

/** Units that name one of the question's subjects, with how many of them. */
function unitsOf(context: DraftContext, wanted: (key: string) => boolean): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const subject of [...context.question.subjects, ...context.question.context]) {
    if (!wanted(subject.key) || subject.kind === 'gene') continue;
    for (const { unit, weight } of matchesOf(context.index, subject.forms))
      counts.set(unit.index, Math.max(counts.get(unit.index) ?? 0, weight));
  }
  return counts;
}

/** Whether a text names one of the genes, by symbol or by the symbol without its family name. */
function geneTest(genes: readonly string[]): (text: string) => boolean {
  if (genes.length === 0) return () => false;
  const names = genes.map((gene) =>
    gene === 'F5'
      ? 'factor V|FVL|F5'
      : gene === 'SERPINA1'
        ? 'SERPINA1|alpha-?1|A1AT|PI\\*'
        : gene.replace('-', '[- ]?').replace(/^CYP/, '(?:CYP ?)?'),
  );
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${names.join('|')})(?![A-Za-z0-9])`, 'i');
  return (text) => pattern.test(text);
}

/**
 * Sentences that held under another phenotype: another class of activity than the genes have now, and advice from before
 * the last drug that had changed the phenotype was stopped. Questions about the past want just these.
 */
function staleTest(context: DraftContext, { asked, past, genes, results }: SentenceSearch): (unit: Unit) => boolean {
  if (past || asked.manner === 'why') return () => false;
  const used = results.filter(({ gene }) => genes.includes(gene));
  const until = used.flatMap(({ formerPhenotype }) => formerPhenotype?.until ?? []).sort();
  const last = until.at(-1);
  return (unit) => {
    const classes = [...classesIn(unit.text)];
    const about = used.filter(({ gene }) => geneTest([gene])(unit.text));
    const allowed = new Set(
      about.flatMap(({ phenotype, clinicalPhenotype }) => [
        ...classesIn(phenotype.join(' or ')),
        ...classesIn(clinicalPhenotype?.phenotype ?? ''),
      ]),
    );
    if (about.length === 1 && allowed.size > 0 && classes.some((name) => !allowed.has(name))) return true;
    return last !== undefined && unit.date < last && (ADVICE.test(unit.text) || CHANGED.test(unit.text));
  };
}

function quoted(unit: Unit, { genes }: SentenceSearch, limit: number): DraftClaim {
  const focus = [PHENOTYPE, ADVICE].flatMap((pattern) => {
    const match = pattern.exec(unit.text);
    return match === null ? [] : [{ start: unit.start + match.index, end: unit.start + match.index + match[0].length }];
  });
  for (const gene of genes) {
    const at = unit.text.toUpperCase().indexOf(gene);
    if (at >= 0) focus.push({ start: unit.start + at, end: unit.start + at + gene.length });
  }
  const { text, citation } = quoteUnit(unit, focus, limit);
  return { text: `${sourceOf(unit)}: "${text}"`, citations: [citation], polarity: 'quoted' };
}

/** Sentences of the notes that speak against a drug, latest first; for drugs that no gene result decides. */
export function forbiddingQuotes(
  context: DraftContext,
  asked: TherapyAsked,
  words: number,
  most: number,
): DraftClaim[] {
  const drug = unitsOf(context, (subject) => asked.drugs.some(({ key }) => key === subject));
  const units = context.index.units
    .filter((unit) => drug.has(unit.index) && FORBIDS.test(unit.text) && !isOfFamily(unit, context))
    .sort((a, b) => (drug.get(b.index) ?? 0) - (drug.get(a.index) ?? 0) || b.index - a.index);
  const claims: DraftClaim[] = [];
  const chosen: Unit[] = [];
  let left = words;
  for (const unit of units) {
    if (claims.length === most || left < 10) break;
    if (chosen.some((other) => isRepeat(other, unit))) continue;
    const claim = quoted(
      unit,
      { asked, genes: [], results: [], told: false, past: false, wantsAction: false },
      Math.min(24, left - 6),
    );
    chosen.push(unit);
    claims.push(claim);
    left -= wordCount(claim.text);
  }
  return claims;
}
