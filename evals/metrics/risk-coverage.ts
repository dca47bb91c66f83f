import type { AskedCase } from '../solvers/ask-chart.ts';

/**
 * How often answers are wrong when only the surest are shown: coverage against risk in steps of ten per cent, as a
 * Markdown table. Abstentions are left out; answering a question that has no answer counts as wrong.
 */
export function riskCoverage(cases: readonly AskedCase[]): string[] {
  const answered = cases
    .filter(({ answer }) => answer.status === 'answered')
    .sort((a, b) => (b.answer.basis.confidence ?? 0) - (a.answer.basis.confidence ?? 0));
  if (answered.length === 0) return [];
  const rows = Array.from({ length: 10 }, (_, i) => {
    const shown = answered.slice(0, Math.ceil((answered.length * (i + 1)) / 10));
    const wrong = shown.filter(({ right }) => !right).length;
    return `| ${(i + 1) * 10}% | ${((100 * wrong) / shown.length).toFixed(1)}% |`;
  });
  return ['| answers shown, surest first | wrong |', '| --- | --- |', ...rows];
}
