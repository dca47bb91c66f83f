import type { MedicationFact } from '../../domain/chart.ts';
import type { Entity } from '../../domain/entity.ts';
import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import { matchesOf } from '../evidence/subject-match.ts';
import type { Subject } from '../question/types.ts';
import { medicationsFor } from './medications.ts';
import type { DraftContext, DraftClaim } from './types.ts';
import { inline, quoteUnit, sourceOf } from './wording.ts';

/** Where a drug stands in a unit. */
export interface DrugPlace {
  readonly unit: Unit;
  readonly entity: Entity;
}

/** Subjects of a question that are drugs or classes; those of its occasion where it names nothing else ("swapped for what?"). */
export function drugSubjects({ question }: DraftContext): readonly Subject[] {
  const isDrug = ({ kind }: Subject): boolean => kind === 'medication' || kind === 'class';
  const own = question.subjects.filter(isDrug);
  if (own.length > 0) return own;
  return question.subjects.every(({ kind }) => kind === 'term') ? question.context.filter(isDrug) : [];
}

/** Every mention of a drug or of a member of a class, in order; allergy entries and other people's drugs left out. */
export function placesOf(subject: Subject, context: DraftContext): DrugPlace[] {
  const known = [...context.hits, ...context.contextHits].find((hit: SubjectHits) => hit.subject === subject);
  const matches = known?.matches ?? matchesOf(context.index, subject.forms);
  const direct = matches.flatMap(({ unit, first, last }) => {
    const range = { start: unit.start + unit.words[first]!.start, end: unit.start + unit.words[last]!.end };
    return drugsIn(unit).filter(({ start, end }) => start < range.end && range.start < end);
  });
  const ids = new Set(direct);
  const told = medicationsFor(context, subject).flatMap((fact) => placesOfFact(fact, context));
  const places = [
    ...matches.flatMap(({ unit }) =>
      drugsIn(unit)
        .filter((entity) => ids.has(entity))
        .map((entity) => ({ unit, entity })),
    ),
    ...told,
  ];
  const seen = new Set<Entity>();
  return places
    .filter(({ entity }) => (seen.has(entity) ? false : seen.add(entity)))
    .sort((a, b) => a.unit.index - b.unit.index || a.entity.start - b.entity.start);
}

/** The mentions that a fact of the chart stands on. */
export function placesOfFact(fact: MedicationFact, { index }: DraftContext): DrugPlace[] {
  return fact.evidence.flatMap(({ noteId, start, end }) => {
    const unit = index.unitOf(index.noteIndexOf.get(noteId) ?? 0, start);
    if (unit === null) return [];
    return drugsIn(unit)
      .filter((entity) => entity.start < end && start < entity.end)
      .map((entity) => ({ unit, entity }));
  });
}

/** Drugs of a unit that are somebody's own and no allergy. */
export function drugsIn(unit: Unit): Entity[] {
  return unit.entities.filter(
    ({ label, flags, action }) => label === 'Medication' && !flags.includes('fam') && action !== 'allergy',
  );
}

/** What is linked to a drug inside its unit: dose, frequency, length. */
export function partsOf({ unit, entity }: DrugPlace, { index }: DraftContext): Entity[] {
  return index
    .relationsOf(unit.noteIndex, entity.id)
    .filter(({ type }) => type === 'of')
    .flatMap(({ head, tail }) => {
      const other = index.entityOf(unit.noteIndex, head === (entity.id as string) ? tail : head);
      return other !== null && other.start >= unit.start && other.end <= unit.end ? [other] : [];
    });
}

/** A unit as a claim, the quote kept around some of its words. */
export function quoteAround(unit: Unit, focus: readonly TextRange[], limit?: number): DraftClaim {
  const quoted = quoteUnit(unit, focus, limit);
  return {
    text: inline(`${sourceOf(unit)}: "${quoted.text}"`),
    citations: [quoted.citation],
    polarity: 'quoted',
  };
}

/** The unit behind one in the same note. */
export function nextUnit(unit: Unit, { index }: DraftContext, step = 1): Unit | null {
  const next = index.units[unit.index + step];
  return next !== undefined && next.noteIndex === unit.noteIndex ? next : null;
}
