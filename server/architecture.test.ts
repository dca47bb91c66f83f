import { describe, expect, it } from 'vitest';
import type { SourceFile } from './testing/imports.ts';
import { importCycles, sourceFiles, withoutComments } from './testing/imports.ts';

const files = sourceFiles();
const shipped = files.filter(({ path }) => !/\.(test|contract|samples|int\.test|e2e\.test|test-d)\.tsx?$/.test(path));
const STAGES = ['text', 'extraction', 'timeline', 'retrieval', 'answering', 'pgx', 'coding'];
const BASIS = ['pipelines/domain/', 'pipelines/contracts/', 'pipelines/errors.ts', 'pipelines/provenance.ts'];
const RULES = 'pipelines/rules/';

/** What the files of a place may import beside files of the same place. First match counts. */
const ALLOWED: readonly { readonly place: RegExp; readonly may: readonly string[] }[] = [
  { place: /^pipelines\/(errors|provenance)\.ts$/, may: [] },
  { place: /^pipelines\/domain\//, may: ['pipelines/errors.ts'] },
  { place: /^pipelines\/contracts\//, may: ['pipelines/domain/', 'pipelines/errors.ts'] },
  { place: /^pipelines\/engines\/[^/]+\//, may: [...BASIS, ...STAGES.map((stage) => `pipelines/${stage}/`), RULES] },
  {
    place: new RegExp(`^pipelines/(${STAGES.join('|')})/`),
    may: [...BASIS, ...STAGES.map((stage) => `pipelines/${stage}/`), RULES],
  },
  { place: /^pipelines\/rules\//, may: ['pipelines/'] },
  {
    place: /^pipelines\/[^/]+\.ts$/,
    may: [...BASIS, ...STAGES.map((stage) => `pipelines/${stage}/`), RULES, 'pipelines/'],
  },
  { place: /^server\/contract\//, may: ['pipelines/domain/'] },
  { place: /^server\//, may: ['pipelines/', 'server/'] },
  { place: /^client\//, may: ['pipelines/domain/', 'server/contract/'] },
  { place: /^evals\//, may: ['pipelines/', 'evals/', 'server/stores/', 'server/compose.ts', 'server/config.ts'] },
];

const isFlow = (path: string): boolean => /^pipelines\/[^/]+\.ts$/.test(path) && !BASIS.includes(path);
const names = (found: readonly SourceFile[]): string[] => found.map((file) => file.path);

function forbiddenEdges(): string[] {
  return shipped.flatMap(({ path, imports }) => {
    const rule = ALLOWED.find(({ place }) => place.test(path))!;
    const own = rule.place.exec(path)![0];
    const isAllowed = (target: string) =>
      (target.startsWith(own) && !own.endsWith('.ts')) || rule.may.some((place) => target.startsWith(place));
    return imports.filter((target) => !isAllowed(target)).map((target) => `${path} -> ${target}`);
  });
}

describe('architecture', () => {
  it('sees the files', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.find((file) => file.path === 'server/app.ts')?.imports).toContain('server/routes/charts.ts');
  });

  it('imports in one direction: domain, contracts, stages, flows, then server, evals and client', () => {
    expect(forbiddenEdges()).toEqual([]);
  });

  it('keeps engines, stores and the server out of stages and flows', () => {
    const inner = shipped.filter(
      ({ path }) => STAGES.some((stage) => path.startsWith(`pipelines/${stage}/`)) || isFlow(path),
    );
    const engines = inner.filter(({ imports }) =>
      imports.some((each) => /^(pipelines\/engines|server|client|evals)\//.test(each)),
    );
    expect(names(engines)).toEqual([]);
    expect(inner.length).toBeGreaterThan(20);
  });

  it('has no import cycle', () => {
    expect(importCycles(files)).toEqual([]);
  });

  it('opens files and sockets in engines only', () => {
    const opening = /^(node:)?(fs|net|http|https|dgram|tls|child_process)(\/|$)/;
    const inPipelines = shipped.filter(
      ({ path }) => path.startsWith('pipelines/') && !/^pipelines\/(engines|rules)\//.test(path),
    );
    expect(names(inPipelines.filter(({ packages }) => packages.some((each) => opening.test(each))))).toEqual([]);
  });

  it('reads the environment in two places', () => {
    const readers = shipped.filter(({ text }) => /process\.env\b/.test(withoutComments(text)));
    expect(names(readers).filter((path) => !['server/config.ts', 'evals/run.ts'].includes(path))).toEqual([]);
  });

  it('has no clock in the pipelines', () => {
    const inPipelines = shipped.filter(({ path }) => path.startsWith('pipelines/'));
    expect(names(inPipelines.filter(({ text }) => /Date\.now\(|new Date\(\s*\)/.test(withoutComments(text))))).toEqual(
      [],
    );
  });

  it('keeps LangChain behind its adapter', () => {
    const users = shipped.filter(({ packages }) =>
      packages.some((each) => /^(@langchain\/|langchain($|\/))/.test(each)),
    );
    expect(names(users).filter((path) => !path.startsWith('pipelines/engines/langchain/'))).toEqual([]);
  });

  it('reads nothing outside the project at run time', () => {
    const outside = shipped.filter(({ path, text }) => {
      const mayNameIt = /^(evals\/|pipelines\/rules\/|pipelines\/errors\.ts)/.test(path);
      return !mayNameIt && /\.\.\/shared|['"`/]\.data\b/.test(withoutComments(text));
    });
    expect(names(outside)).toEqual([]);
  });

  it('opens gold in evaluations only', () => {
    const running = shipped.filter(({ path }) => !path.startsWith('evals/'));
    const gold = running.filter(({ text }) =>
      /questions\.jsonl|codes\.jsonl|corpora['"`/]/.test(withoutComments(text)),
    );
    expect(names(gold)).toEqual(['server/start-reading.ts']);
    const charts = running.filter(({ text }) => /patient\.json/.test(withoutComments(text)));
    expect(names(charts)).toEqual(['server/demo/read-demo-chart.ts']);
  });

  it('keeps files short', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 301);
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
  });
});
