import type { Entity } from '../../domain/entity.ts';
import { houseDate } from '../text/dates.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { DENIAL_WORDS } from '../rules.ts';
import { chooseUnits, focusOf, quoteClaim } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, quoteUnit, textOfEntity } from './wording.ts';

const ASSERTED: ReadonlySet<string> = new Set(['Condition', 'Finding', 'Procedure', 'Medication', 'Test', 'Habit']);

interface Mention {
  readonly ranked: RankedUnit;
  readonly entity: Entity;
  readonly polarity: 'present' | 'denied';
}

/** Yes or no to "is there", "any", "did she ever": what the best mentions of the subject say, denial with its words and date. */
export function draftExistence(context: DraftContext): Draft | null {
  const { question, hits } = context;
  if (!question.yesNo || hits.length === 0) return null;
  if (
    ['why', 'family', 'trend', 'when', 'dose', 'summary', 'conflict', 'allergy', 'pgx'].some((kind) =>
      question.asked.has(kind as never),
    )
  )
    return null;
  const mentions = mentionsOf(context);
  if (mentions.length === 0) return null;
  const best = mentions[0]!;
  const near = mentions.filter(({ ranked }) => ranked.score >= best.ranked.score - 0.35);
  const polarity = decide(near);
  const agreeing = near.filter((mention) => mention.polarity === polarity);
  return polarity === 'denied' ? deniedDraft(agreeing, context) : affirmedDraft(agreeing, context);
}

function mentionsOf(context: DraftContext): Mention[] {
  return context.ranked
    .filter(({ coverage, unit }) => coverage >= 0.45 && context.hits.some(({ byUnit }) => byUnit.has(unit.index)))
    .slice(0, 30)
    .flatMap((ranked) => {
      const entities = matchedEntities(ranked.unit, context.hits).filter(
        ({ label, flags }) =>
          ASSERTED.has(label) && !flags.includes('fam') && !flags.includes('hyp') && !flags.includes('unc'),
      );
      return entities.map((entity): Mention => ({
        ranked,
        entity,
        polarity: entity.flags.includes('neg') ? 'denied' : 'present',
      }));
    });
}

/** The best mention decides; an equal one that affirms outranks a denial, since a denial may be of another time. */
function decide(near: readonly Mention[]): 'present' | 'denied' {
  const denials = near.filter(({ polarity }) => polarity === 'denied').length;
  if (near[0]!.polarity === 'denied') return denials * 2 >= near.length ? 'denied' : 'present';
  return denials > 2 * (near.length - denials) ? 'denied' : 'present';
}

function deniedDraft(mentions: readonly Mention[], context: DraftContext): Draft {
  const claims: DraftClaim[] = [];
  const seen = new Set<string>();
  for (const { ranked, entity } of mentions) {
    const name = capital(textOfEntity(ranked.unit, entity));
    const key = name.toLowerCase();
    if (seen.has(key) || claims.length >= 3) continue;
    seen.add(key);
    const cue = ranked.unit.words.some(({ stem }) => DENIAL_WORDS.has(stem));
    const next = context.index.units[ranked.unit.index + 1];
    const told =
      !cue && next?.noteIndex === ranked.unit.noteIndex && next.words.some(({ stem }) => DENIAL_WORDS.has(stem))
        ? next
        : ranked.unit;
    const quoted = quoteUnit(told, told === ranked.unit ? [entity, ...focusOf(ranked.unit, context)] : [], 18);
    const lead = claims.length === 0 ? 'No. ' : '';
    claims.push({
      text: inline(`${lead}${name}: denied ${houseDate(ranked.unit.date)} ("${quoted.text}").`),
      citations: [quoted.citation],
      polarity: 'denied',
    });
  }
  return { claims, finding: 'denied', rule: 'denied', confidence: 0.8 };
}

function affirmedDraft(mentions: readonly Mention[], context: DraftContext): Draft {
  const units = new Set(mentions.map(({ ranked }) => ranked.unit.index));
  const narrowed = { ...context, ranked: context.ranked.filter(({ unit }) => units.has(unit.index)) };
  const chosen = chooseUnits(narrowed, 3);
  const claims = chosen.map((ranked, i) => quoteClaim(ranked, context, i === 0 ? 'Yes.' : ''));
  return { claims, finding: 'affirmed', rule: 'affirmed', confidence: 0.75 };
}
