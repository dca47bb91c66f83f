import type { Subject } from '../question/types.ts';
import type { DraftContext } from './types.ts';

/** What a question about drugs and genes wants to know. */
export interface TherapyAsked {
  readonly drugs: readonly Subject[];
  /** Symbols that the question names, or their beginnings (`HLA-`). */
  readonly genes: readonly string[];
  /** Phenotype that the question names without a gene ("is she a poor metaboliser?"), else null. */
  readonly phenotype: string | null;
  /** Whether a drug may be given or how, why a drug did what it did, or how a gene stands. */
  readonly manner: 'may' | 'why' | 'status';
  /** The question speaks of genes, and not only of a drug. */
  readonly explicit: boolean;
}

const MAY_GIVE =
  /\b(can|could|may|should|shall|would|ok|okay|safe|fine|alright|possible|suitable|wants? to|thinking of|considering|what if)\b.{0,60}\b(have|take|give|gave|given|use|used|go|put|start|started|try|tried|get|prescribe|switch|restart\w*|be on|receive|dose|chart|order|add)\b|\b(would|will|could)\b.{3,50}\b(work|help|do anything|be any (use|good))\b(?! out)|\b(ok|okay|safe|alright|good idea|contraindicated)\b.{0,30}(\?|with|to|for)|\bwants?\b.{0,60}\b(ok|okay)\b|^(is|are|would) .{3,40}\b(ok|okay|safe|fine|alright|an option|allowed|suitable|advisable)\b|\b(reasonable|sensible|good|bad|wise|appropriate|viable|suitable|poor|rational|safe|best|right)\b.{0,14}\b(choice|option|idea|drug|agent|pick|bet|alternative|antiplatelet|anticoagulant|antidepressant|statin|painkiller|analgesic|antibiotic|antifungal|antiemetic|antipsychotic|treatment)\b/i;
const TOO_MUCH = /\b(too (much|high|little|low|strong)|enough|right dose|dose (ok|right|for)|(ok|right|safe) dose)\b/i;
const WHY_DRUG =
  /\b(work\w*|fail\w*|effect\w*|touch\w*|respon\w+|benefit|toxic\w*|poison\w*|level|high|low|sensitiv\w*|overdos\w*|bleed|bled|bleeding|drowsy|sedat\w*|react\w*|tolerat\w+|help\w*|relie\w+|drop\w*|so (much|little|small|big|large|strong\w*))\b/i;

/** Names of genes as questions write them, with the symbol that results carry. */
const GENES: readonly (readonly [RegExp, string | null])[] = [
  [/\bCYP ?-?(\d[A-Z]\d+)\b/gi, 'CYP'],
  [/\b(2D6|2C19|2C9|2B6|3A5|3A4|1A2|4F2|2A6|2C8)\b/gi, 'CYP'],
  [/\bHLA[- ]?([AB])\b/gi, 'HLA-'],
  [/\bHLA\b(?![- ]?[AB]\b)/gi, 'HLA-*'],
  [/\b(DPD)\b/g, 'DPYD'],
  [/\b(factor (?:V|5)|FVL)\b/gi, 'F5'],
  [/\b(alpha-?1|A1AT)\b/gi, 'SERPINA1'],
  [/\b(malignant hyperthermia)\b/gi, 'RYR1'],
  [
    /\b(DPYD|TPMT|NUDT15|SLCO1B1|VKORC1|UGT1A1|RYR1|CACNA1S|NAT2|G6PD|IFNL[34]|CFTR|ABCG2|MT-RNR1|SERPINA1|F5|COMT|OPRM1|MTHFR|BCHE)\b/gi,
    null,
  ],
];
const PHENOTYPE_ASKED =
  /\b(poor|intermediate|normal|extensive|rapid|ultra-?rapid|slow|fast)\s+(metaboli[sz]er|acetylator)s?\b/i;
/** The gene words of a question beyond the names of genes. */
const GENETIC =
  /\b(genotyp\w*|pharmacogen\w*|pgx|phenotyp\w*|metaboli[sz](?:e[rsd]?|es|ers|ing)\b|genetic\w*|genes?|dna|acetylators?|alleles?|diplotypes?)\b/i;

/** Reads what a question wants of drugs and genes; null where it is about neither. */
export function readTherapyQuestion({ question }: DraftContext): TherapyAsked | null {
  const text = question.corrected;
  const drugs = question.subjects.filter(({ kind }) => kind === 'medication' || kind === 'class');
  const genes = genesNamed(text);
  const explicit = genes.length > 0 || question.asked.has('pgx') || GENETIC.test(text);
  const why = question.asked.has('why') || /\bhow come\b/i.test(text);
  const may = MAY_GIVE.test(text) || TOO_MUCH.test(text);
  if (!explicit && (drugs.length === 0 || !(may || (why && WHY_DRUG.test(text))))) return null;
  const phenotype = genes.length > 0 || drugs.length > 0 ? null : (PHENOTYPE_ASKED.exec(text)?.[1] ?? null);
  return { drugs, genes, phenotype, manner: why ? 'why' : may && drugs.length > 0 ? 'may' : 'status', explicit };
}

/** Whether a question asks what to do, beside anything else. */
export function wantsAction({ question }: DraftContext): boolean {
  return question.asked.has('dose') || question.asked.has('plan') || ACTION.test(question.corrected);
}

const ACTION = /\b(instead|should|would|guidelines?|alternatives?|call for|do about|what (to|else))\b/i;

function genesNamed(text: string): string[] {
  const names = GENES.flatMap(([pattern, symbol]) =>
    [...text.matchAll(pattern)].map((match) => {
      if (symbol === null) return match[0].toUpperCase();
      if (symbol === 'CYP') return `CYP${match[1]!.toUpperCase()}`;
      if (symbol === 'HLA-') return `HLA-${match[1]!.toUpperCase()}`;
      return symbol === 'HLA-*' ? 'HLA-' : symbol;
    }),
  );
  return [...new Set(names)];
}

/** Whether a result's gene is one that the question names. */
export function isNamed(gene: string, names: readonly string[]): boolean {
  return names.some((name) => gene === name || (name.endsWith('-') && gene.startsWith(name)));
}
