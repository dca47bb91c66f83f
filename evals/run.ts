import { execSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { ClinicalError } from '#pipelines/errors.ts';
import type { Figure, Task, TaskReport } from './task.ts';
import { TASKS } from './tasks/index.ts';

const HELP = `Usage: npm run eval -- TASK [--data PATH] [--json FILE] [--limit N] [--seed S]
       npm run eval -- --list

Runs an evaluation and prints its figures with 95% intervals. --data runs it on other data of the same format.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      json: { type: 'string' },
      limit: { type: 'string' },
      seed: { type: 'string', default: '1' },
      list: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.list) return list();
  const load = TASKS[positionals[0] ?? ''];
  if (values.help || load === undefined) {
    process.stderr.write(`${HELP}\n\nTasks: ${Object.keys(TASKS).join(', ')}\n`);
    return values.help ? 0 : 2;
  }
  const task = await load();
  const report = await task.run({
    seed: Number(values.seed),
    log: (line) => process.stderr.write(`${line}\n`),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.limit === undefined ? {} : { limit: Number(values.limit) }),
  });
  const document = { task: task.name, version: task.version, ...report, environment: environment() };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(document, null, 1)}\n`);
  process.stdout.write(format(task, report));
  return 0;
}

async function list(): Promise<number> {
  for (const load of Object.values(TASKS)) {
    const task = await load();
    process.stdout.write(`${task.name.padEnd(20)} ${task.summary}\n`);
  }
  return 0;
}

function format(task: Task, report: TaskReport): string {
  const rows = Object.entries(report.figures).map(([name, figure]) => `${name.padEnd(44)} ${cell(figure)}`);
  const head = `${task.name} ${task.version} · ${report.release} · ${report.data.path} (${report.data.n})`;
  return [head, '', ...rows, '', ...(report.notes ?? []), ''].join('\n');
}

function cell({ value, low, high, n }: Figure): string {
  const percent = (x: number): string => (Math.abs(x) <= 1 ? (100 * x).toFixed(1) : x.toFixed(1));
  return low === high
    ? `${percent(value)}  (n ${n})`
    : `${percent(value)}  [${percent(low)}, ${percent(high)}]  (n ${n})`;
}

function environment(): Record<string, string | number> {
  return {
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    commit: git('rev-parse --short HEAD'),
    dirty: git('status --porcelain') === '' ? 0 : 1,
  };
}

function git(command: string): string {
  try {
    return execSync(`git ${command}`, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ClinicalError)) throw error;
  process.stderr.write(`${error.code}: ${error.message} ${error.remedy}\n`);
  process.exitCode = 1;
}
