import { readFileSync } from 'node:fs';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import { readCohortQuery } from './cohort/read-query.ts';
const t = loadTerminology('pipelines/rules/terminology/2026.1');
const qs = process.argv[2] ? process.argv.slice(2) : (JSON.parse(readFileSync('evals/datasets/cohort-queries.json','utf8')) as {query:string}[]).map(q=>q.query);
for (const q of qs) { const r = readCohortQuery(q,t); console.log(q,'\n    =>', r.groups.map(g=>(g.negated?'NOT ':'')+(g.sameNote?'[same] ':'')+g.anyOf.map(x=>`${x.kind}:${x.words}{${[...x.keys][0]}} ${x.mode} ${x.phenotype??''} ${x.comparison?x.comparison.low+'..'+x.comparison.high:''}`).join(' OR ')).join('  &  '), r.sex??'', r.age?JSON.stringify(r.age):'', r.window?JSON.stringify(r.window):''); }
