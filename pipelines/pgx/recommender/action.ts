import type { DrugRecommendation, TherapyAction } from '../../domain/pgx.ts';

const CONTRAINDICATED =
  /\b(?:contraindicated|avoid(?!ed\s+based)|not recommended|do not use|should not (?:be )?(?:use|given|receive|prescribed)|is not an option|must not)\b/i;
const NO_REASON = /\bno (?:reason to avoid|need to avoid)\b/i;
const CHANGE =
  /\b(?:alternative|reduc\w+|decreas\w+|lower\w*|increas\w+|higher|titrat\w+|adjust\w*|caution|monitor\w*|consider|select|limit|initiate .* with|start(?:ing)? (?:at|with)|%|slower|not to exceed|extend\w*)\b/i;
const STANDARD =
  /^(?:use|initiate|start|prescribe|no|standard|follow)\b[^.;]*\b(?:standard|recommended|label|usual|typical|normal|per)\b|no (?:recommendation|adjustment|action|change)|no reason to avoid|\bnone\b|^based on this genotype, there is no need/i;

/**
 * How grave one recommendation is, from the guideline's own words, flags and strength: `critical` for a drug not to be used,
 * `warning` for a changed dose, another drug or closer watch, `none` for standard use.
 */
export function actionOf(recommendation: DrugRecommendation): TherapyAction {
  const { source, text, flags } = recommendation;
  if (source === 'DPWG') return flags.alternativeDrug || flags.changeDose || flags.otherGuidance ? 'warning' : 'none';
  if (source === 'FDA') return 'warning';
  if (/^no recommendation/i.test(recommendation.classification ?? '') && !CONTRAINDICATED.test(text)) return 'none';
  const firstSentence = text.split(/(?<=[.;])\s/)[0] ?? text;
  if (CONTRAINDICATED.test(text) && !NO_REASON.test(text)) return 'critical';
  if (STANDARD.test(firstSentence)) return 'none';
  return CHANGE.test(text) ? 'warning' : 'none';
}

const GRAVITY: readonly TherapyAction[] = ['not-assessed', 'none', 'warning', 'critical'];

/** The gravest of several. */
export function gravest(actions: readonly TherapyAction[]): TherapyAction {
  return actions.reduce<TherapyAction>(
    (worst, next) => (GRAVITY.indexOf(next) > GRAVITY.indexOf(worst) ? next : worst),
    'not-assessed',
  );
}
