import { bootstrapByGroup, rate } from '../metrics/interval.ts';
import type { AskedCase } from '../solvers/ask-chart.ts';
import type { Figure } from '../task.ts';

const SILENT: ReadonlySet<string> = new Set(['unanswerable', 'out-of-scope']);
const answered = ({ answer }: AskedCase): boolean => answer.status === 'answered';
const wantsSilence = ({ question }: AskedCase): boolean => SILENT.has(question.type);

type Cases = readonly AskedCase[];

/** Every figure of question answering, with its 95% interval over patients; `type.NAME` is the share right of one type. */
export function answerFigures(byPatient: readonly Cases[], seed: number): Record<string, Figure> {
  const figure = (keep: (c: AskedCase) => boolean, statistic: (cases: Cases) => number): Figure =>
    bootstrapByGroup(
      byPatient.map((cases) => cases.filter(keep)).filter((cases) => cases.length > 0),
      statistic,
      seed,
    );
  const share = (test: (c: AskedCase) => boolean) => (cases: Cases) => rate(cases, test);
  const every = (): boolean => true;
  const figures: Record<string, Figure> = {
    right: figure(
      every,
      share(({ right }) => right),
    ),
    evidenceHit: figure(
      (c) => c.evidenceHit !== null,
      share(({ evidenceHit }) => evidenceHit === true),
    ),
    evidencePrecision: figure(
      (c) => answered(c) && c.evidenceHit !== null,
      (cases) =>
        ratio(
          cases,
          (c) => c.claimsHit,
          (c) => c.answer.claims.length,
        ),
    ),
    citationsValid: figure(answered, (cases) =>
      ratio(
        cases,
        (c) => c.citationsValid,
        (c) => c.citations,
      ),
    ),
    abstentionRecall: figure(
      wantsSilence,
      share((c) => !answered(c)),
    ),
    abstentionPrecision: figure((c) => !answered(c), share(wantsSilence)),
    notDocumentedRecall: figure(
      ({ question }) => question.type === 'unanswerable',
      share((c) => !answered(c)),
    ),
    falseAbstention: figure(
      (c) => !wantsSilence(c),
      share((c) => !answered(c)),
    ),
    wordsPerAnswer: plain(
      byPatient.flat().filter(answered),
      mean(({ words }) => words),
    ),
    latencyP50Ms: plain(byPatient.flat(), quantile(0.5)),
    latencyP95Ms: plain(byPatient.flat(), quantile(0.95)),
  };
  const types = [...new Set(byPatient.flat().map(({ question }) => question.type))].sort();
  for (const type of types)
    figures[`type.${type}`] = figure(
      ({ question }) => question.type === type,
      share(({ right }) => right),
    );
  return figures;
}

function ratio(cases: Cases, part: (c: AskedCase) => number, whole: (c: AskedCase) => number): number {
  const total = cases.reduce((sum, c) => sum + whole(c), 0);
  return total === 0 ? 0 : cases.reduce((sum, c) => sum + part(c), 0) / total;
}

function plain(cases: Cases, statistic: (cases: Cases) => number): Figure {
  const value = statistic(cases);
  return { value, low: value, high: value, n: cases.length };
}

function mean(of: (c: AskedCase) => number): (cases: Cases) => number {
  return (cases) => (cases.length === 0 ? 0 : cases.reduce((sum, c) => sum + of(c), 0) / cases.length);
}

function quantile(q: number): (cases: Cases) => number {
  return (cases) => {
    const sorted = cases.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  };
}
