import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { inWindow, isDated } from '../question/time-window.ts';
import { datesIn } from '../text/dates.ts';
import { chooseUnits, quoteClaim } from './extract.ts';
import { isSupported } from './support.ts';
import type { Draft, DraftContext } from './types.ts';

const BLOCKED = ['family', 'allergy', 'trend', 'conflict', 'summary', 'pgx', 'adverse', 'plan'] as const;
const HEADER =
  /^\s*(?:\d+[.)]\s*)?(procedures?|operations?|surger(?:y|ies)|operative procedure|title of operation|name of (?:procedure|operation))\b[^:]{0,30}:/i;

/** What was done: procedures that were carried out, best those that the question's place, time and subject point at. */
export function draftProcedure(context: DraftContext): Draft | null {
  const { question } = context;
  if (
    !question.asked.has('procedure') ||
    question.yesNo ||
    /\b(treat\w*|managed|given)\b/i.test(question.corrected) ||
    BLOCKED.some((kind) => question.asked.has(kind))
  )
    return null;
  const dated = isDated(question.window);
  const known = new Map(context.ranked.map((ranked) => [ranked.unit.index, ranked]));
  const candidates = context.index.units.filter(({ entities }) =>
    entities.some(({ label, flags }) => label === 'Procedure' && !flags.some((flag) => flag !== 'hist')),
  );
  const ranked = candidates
    .flatMap((unit): RankedUnit[] => {
      const seen = known.get(unit.index);
      const inside =
        inWindow(question.window, unit.date) ||
        (dated && datesIn(unit.text).some((date) => question.window.from?.startsWith(String(date.year)) === true));
      if (seen === undefined && !(dated && inside)) return [];
      if (dated && !inside) return [];
      const base = seen ?? { unit, score: 0.4, coverage: 0.4, attribute: 0.6, inWindow: true, features: {} };
      const operative = /operat|procedure|surg|cath|endoscop/.test(unit.note.note.type) ? 0.2 : 0;
      const named = matchedEntities(unit, context.hits).some(({ label }) => label === 'Procedure') ? 0.3 : 0;
      return [{ ...base, score: base.score + (HEADER.test(unit.text) ? 0.6 : 0) + operative + named }];
    })
    .sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
  if (ranked.length === 0) return null;
  const chosen = chooseUnits({ ...context, ranked }, 3);
  const draft: Draft = {
    claims: chosen.map((candidate) => quoteClaim(candidate, context)),
    finding: 'affirmed',
    rule: 'procedure',
    confidence: 0.6,
  };
  return dated || isSupported(draft, context) ? draft : null;
}
