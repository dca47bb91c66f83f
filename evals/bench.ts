import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import { benchAnswers } from './bench/answers.ts';
import { benchProduct } from './bench/product.ts';
import { benchReading } from './bench/reading.ts';
import type { Row } from './bench/statistics.ts';
import { tableOf } from './bench/statistics.ts';
import { CHARTS, readCharts } from './datasets/charts.ts';
import { measurePgx } from './tasks/pgx-speed.ts';

const TERMINOLOGY = new URL('../pipelines/rules/terminology/2026.1', import.meta.url).pathname;
const HELP = `Usage: npm run bench [-- --out FILE]

Measures the product on this machine: reading, answers, start, memory, disk, pharmacogenomics. Takes a few minutes; build the
client first (npm run build). Prints a Markdown table, and writes it to FILE.`;

/** What the figures were measured on; without it they mean nothing. */
function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}`;
}

function sizes(): Row[] {
  const mebibytes = (...paths: string[]): string => {
    const lines = execFileSync('du', ['-sm', ...paths], { encoding: 'utf8' })
      .trim()
      .split('\n');
    return `${lines.reduce((sum, line) => sum + Number(line.split('\t')[0]), 0)} MiB`;
  };
  return [
    { measure: 'on disk: models', value: mebibytes('pipelines/models') },
    { measure: 'on disk: rules and terminologies', value: mebibytes('pipelines/rules') },
    { measure: 'on disk: built client', value: mebibytes('client/dist') },
    { measure: 'on disk: node_modules, with development tools', value: mebibytes('node_modules') },
  ];
}

async function pharmacogenomics(log: (line: string) => void): Promise<Row[]> {
  const figures = await measurePgx(log);
  return Object.entries(figures).map(([name, { value }]) => ({
    measure: `pharmacogenomics: ${name}`,
    value: value < 10 ? value.toFixed(2) : value.toFixed(0),
  }));
}

const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(`${HELP}\n`);
} else {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const terminology = loadTerminology(TERMINOLOGY);
  const charts = readCharts(CHARTS);
  const dataDir = mkdtempSync(join(tmpdir(), 'anamnesis-bench-'));
  log('starting the product');
  const product = await benchProduct(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  log('reading notes');
  const reading = await benchReading(
    charts.flatMap((chart) => chart.notes.map(({ note }) => note)).slice(0, 60),
    terminology,
  );
  log('answering questions');
  const answers = await benchAnswers(charts, terminology);
  const rows = [...product, ...reading, ...answers, ...(await pharmacogenomics(log)), ...sizes()];
  const document = `# Speed, memory and size\n\n${machine()}\n\n${tableOf(rows)}\n`;
  process.stdout.write(document);
  if (values.out !== undefined) writeFileSync(values.out, document);
}
