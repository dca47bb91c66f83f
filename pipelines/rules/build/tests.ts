import { readSource, toTsv } from './sources.ts';

interface FlowsheetTest {
  readonly LOINC_MERGED?: string;
  readonly LONG_COMMON_NAME_LOINC?: string;
  readonly LOINC_ShortName?: string;
  readonly norm_range?: string;
  readonly units_normRange?: string;
  readonly UCUM_EX?: string;
}

/**
 * Tests and vital signs of the NLM flowsheet with LOINC code, unit and the normal range of its hospital. One row a code:
 * the first row of a code that has a range wins, else the first.
 */
export function buildLoincTests(): string {
  const tests = JSON.parse(readSource('terminologies/nlm-flowsheet-labs/flowsheet_tests.json')) as FlowsheetTest[];
  const best = new Map<string, FlowsheetTest>();
  for (const test of tests) {
    const code = test.LOINC_MERGED;
    if (code === undefined || !/^\d+-\d$/.test(code)) continue;
    const held = best.get(code);
    if (held === undefined || (held.norm_range === undefined && test.norm_range !== undefined)) best.set(code, test);
  }
  const rows = [...best].map(([code, test]) => [
    code,
    test.LONG_COMMON_NAME_LOINC ?? '',
    test.LOINC_ShortName ?? '',
    test.UCUM_EX ?? '',
    test.norm_range === undefined ? '' : `${test.norm_range} ${test.units_normRange ?? ''}`.trim(),
  ]);
  return toTsv(
    ['loinc', 'name', 'short', 'ucum', 'range'],
    rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
  );
}
