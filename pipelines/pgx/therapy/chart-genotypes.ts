import type { AnnotatedNote } from '../../domain/annotated-note.ts';
import type { Chart } from '../../domain/chart.ts';
import { citeNote } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { GeneResult } from '../../domain/pgx.ts';
import { interpretFinding, readFreeText } from '../reported/index.ts';
import type { ReadReport, Retraction } from '../reported/index.ts';
import type { PgxRules } from '../rules.ts';

/** A gene's result as one note states it. */
export interface NotedResult {
  readonly date: IsoDate;
  readonly result: GeneResult;
  /** Whether only a part of the result is stated. */
  readonly partial: boolean;
}

interface NotedRetraction {
  readonly date: IsoDate;
  readonly retraction: Retraction;
}

const readNotes = new WeakMap<PgxRules, WeakMap<AnnotatedNote, ReadReport>>();

/** Reads a note's genotypes once; notes never change. */
function readNote(rules: PgxRules, note: AnnotatedNote): ReadReport {
  const byNote = readNotes.get(rules) ?? new WeakMap<AnnotatedNote, ReadReport>();
  readNotes.set(rules, byNote);
  const known = byNote.get(note);
  if (known !== undefined) return known;
  const family = note.sections.filter((section) => /family/i.test(section.category));
  const report = readFreeText(rules, note.note.text, { familySections: family });
  byNote.set(note, report);
  return report;
}

/**
 * Every result that the notes state of the patient's genes, oldest first, each with its words. Results that a later (or the
 * same) note takes back are left out.
 */
export function resultsInNotes(rules: PgxRules, chart: Chart): readonly NotedResult[] {
  const noted: NotedResult[] = [];
  const retracted: NotedRetraction[] = [];
  for (const annotated of chart.notes) {
    const { note } = annotated;
    const { findings, retractions } = readNote(rules, annotated);
    retracted.push(...retractions.map((retraction) => ({ date: note.date, retraction })));
    for (const finding of findings) {
      if (finding.range === null) continue;
      const source = { kind: 'note', evidence: citeNote(note, finding.range), date: note.date } as const;
      noted.push({
        date: note.date,
        partial: finding.partial,
        result: interpretFinding(rules, finding, 'alleles', source),
      });
    }
  }
  return noted.filter(
    ({ date, result }) => !retracted.some((one) => one.date >= date && isTakenBack(result, one.retraction)),
  );
}

function isTakenBack(result: GeneResult, retraction: Retraction): boolean {
  if (result.gene !== retraction.gene) return false;
  const { lookupAlleles, phenotypes } = retraction;
  if (lookupAlleles === null) return phenotypes.some((phenotype) => result.phenotype.includes(phenotype));
  return result.diplotypes.some((pair) => [...pair].sort().join('/') === [...lookupAlleles].sort().join('/'));
}
