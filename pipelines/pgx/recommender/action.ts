import type { DrugRecommendation, TherapyAction } from '../../domain/pgx.ts';

const NOT_TO_BE_USED =
  /\bcontraindicated\b|\bavoid\b|\bnot recommended\b|\bdo not use\b|\bshould not (?:be )?(?:used?|given|receive|prescribed)\b|\bmust not\b/i;

/** Phrases of CPIC's rows that sound like a change and are none: usual monitoring, labels, reassurance, and FYI. */
const NEUTRAL: readonly RegExp[] = [
  /no (?:reason|need) to avoid[^.;]*/gi,
  /avoid moderate and strong CYP2D6 inhibitors/gi,
  /utiliz(?:e|ing) therapeutic drug monitoring to guide dose adjustments?(?: is strongly recommended)?/gi,
  /use therapeutic drug monitoring to (?:guide dose adjustments|titrate dose to therapeutic trough concentrations)/gi,
  /in accordance with the (?:\w+ )?prescribing information[^.]*/gi,
  /adjust (?:the )?doses?[^.]*(?:guidelines|practice)/gi,
  /inform the patient[^.]*/gi,
  /it usually takes[^.]*/gi,
  /if considering \w+,/gi,
];

const CHANGE =
  /\b(?:alternative\w*|consider|choose|select|avoid|reduc\w+|decreas\w+|lower|lowest|less|slower|increas\w+|limit|caution\w*|prescribe ≤|not to exceed|close monitoring|be aware|measured|at least|carefully|contraindicated|not recommended|do not use|frequency|if no response|latency)\b|≤|\b\d+(?:-\d+)?% of\b|initiate with a dose|initiate therapy at a total|initiate 50%|drastically/i;

/**
 * How grave one recommendation is, read from the guideline's own words, flags and strength: `critical` for a drug that is
 * strongly or moderately advised against, `warning` for another dose, another drug or closer watch, `none` for usual use.
 */
export function actionOf(recommendation: DrugRecommendation): TherapyAction {
  const { source, flags } = recommendation;
  if (source === 'FDA') return 'warning';
  if (source === 'DPWG' || recommendation.rowId === null)
    return flags.alternativeDrug || flags.changeDose || (source === 'DPWG' && flags.otherGuidance) ? 'warning' : 'none';
  const text = NEUTRAL.reduce((rest, phrase) => rest.replace(phrase, ''), recommendation.text);
  const isFirm = /^(?:strong|moderate)/i.test(recommendation.classification ?? '');
  if (isFirm && (NOT_TO_BE_USED.test(firstClause(text)) || isDangerous(recommendation, text))) return 'critical';
  if (/^no recommendation/i.test(text.trim()) || /^n\/a$/i.test(text.trim())) return 'none';
  return CHANGE.test(text) ? 'warning' : 'none';
}

const firstClause = (text: string): string => text.trim().split(/(?<=[.;])\s/)[0] ?? '';

/** Another drug is strongly advised, and what the genes imply is severe. */
function isDangerous({ classification, implications }: DrugRecommendation, text: string): boolean {
  const severe = implications.some((implication) => /\b(?:severe|fatal|life-threatening)\b/i.test(implication.text));
  return /^strong/i.test(classification ?? '') && severe && /\balternative\b/i.test(firstClause(text));
}

const GRAVITY: readonly TherapyAction[] = ['not-assessed', 'none', 'warning', 'critical'];

/** The gravest of several. */
export function gravest(actions: readonly TherapyAction[]): TherapyAction {
  return actions.reduce<TherapyAction>(
    (worst, next) => (GRAVITY.indexOf(next) > GRAVITY.indexOf(worst) ? next : worst),
    'not-assessed',
  );
}
