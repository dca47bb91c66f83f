import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import { runJsonLines } from './json-lines.ts';
import { readLine } from './pgx-input.ts';
import { answerLine } from './pgx-line.ts';

const TERMINOLOGY_DIR = fileURLToPath(new URL('../../pipelines/rules/terminology/2026.1', import.meta.url));
const LINES_UNDER_WAY = 4;

const HELP = `Usage: npm run --silent pgx < in.jsonl > out.jsonl

From genotypes to guidance: reads genotypes, works out phenotypes, corrects them for the drugs taken now, and gives what
CPIC, DPWG and the FDA say.

In, a JSON object a line; all but "id" may be left out:
  {"id": "...",
   "vcf": "...", "sample": "..."         a VCF on GRCh38, its text or its path (plain or gzip); the sample of several
   "calls": [{"gene", "result"}],        reported results: a diplotype, phenotype, score or allele status in any notation
   "report": "...",                      a laboratory's report: tab-separated calls or text
   "fhir": [...],                        FHIR R4 resources (Genomics Reporting)
   "note": "...",                        a note, read by rules
   "drugs": ["..."],                     drugs that are asked about; every drug with guidance where left out
   "medications": ["..."],               drugs that are taken now
   "patient": {"age", "sex", "race", "heightCm", "weightKg", "bsaM2", "targetINR", "indication", "smoker", "amiodarone",
               "enzymeInducer", "africanAmerican", "dvtOrPe", "africanAllelesTested"}}
Out, a JSON object for each good line, in order:
  {"id", "genes": [{"gene", "diplotypes", "components", "phenotype", "activityScore", "lookupKeys", "clinicalPhenotype",
   "callable", "warnings", "source"}], "recommendations": [{"drug", "source", "guideline", "release", "rowId", "url", "genes",
   "classification", "implications", "text", "population", "flags", "missing", "warnings", "action"}],
   "drugs": [{"drug", "action", "notTested"}], "warfarin": {algorithm: {"weeklyMg", "dailyMg", "missing"}},
   "errors": [{"code", "message", "remedy"}]}
  phenotype, activityScore and lookupKeys are lists: they hold several where calls tie.
  An input that cannot be read is named in "errors"; the others of its line are used.

A bad line is named on standard error (line 7: ...) and passed over; the exit code is then 1.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const rules = loadPgxRules();
  let terminology: Terminology | null = null;
  const engines = { rules, terminology: () => (terminology ??= loadTerminology(TERMINOLOGY_DIR)) };
  return runJsonLines({
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    concurrency: LINES_UNDER_WAY,
    handle: (value) => answerLine(readLine(value), engines),
  });
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough
  throw error;
});

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const known = error instanceof ClinicalError;
    const usage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(
      known
        ? `${error.message} ${error.remedy} (${error.code})\n`
        : usage
          ? `${error.message}\nSee --help.\n`
          : 'Something went wrong inside.\n',
    );
    process.exitCode = 2;
  },
);
