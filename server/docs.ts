import { fileURLToPath } from 'node:url';
import { ERRORS } from '#pipelines/errors.ts';
import { SETTINGS } from './config.ts';

/** Settings as the table that `server/README.md` holds. */
export function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { default: value, unit, meaning }]) =>
      `| \`${name}\` | ${value === '' ? '(none)' : `\`${value}\``} | ${unit} | ${meaning} |`,
  );
  return ['| setting | default | unit | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Every error code with what to do. */
export function errorsTable(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { kind, message, remedy }]) => `| \`${code}\` | ${kind} | ${message} | ${remedy} |`,
  );
  return ['| code | kind | message | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Routes by path, from the operations that are mounted. */
export function routesTable(
  operations: readonly { readonly method: string; readonly path: string; readonly summary: string }[],
): string {
  const rows = operations.map(({ method, path, summary }) => `| \`${method.toUpperCase()} ${path}\` | ${summary} |`);
  return ['| route | what |', '| --- | --- |', ...rows].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`## Settings\n\n${settingsTable()}\n\n## Errors\n\n${errorsTable()}\n`);
}
