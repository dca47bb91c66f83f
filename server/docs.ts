import { SETTINGS } from './config.ts';
import { ERRORS } from '#pipelines/errors.ts';

/** Prints the tables that the documentation holds: settings, then error codes. */
function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { default: value, unit, meaning }]) =>
      `| \`${name}\` | ${value === '' ? '(none)' : `\`${value}\``} | ${unit} | ${meaning} |`,
  );
  return ['| setting | default | unit | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function errorsTable(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { kind, message, remedy }]) => `| \`${code}\` | ${kind} | ${message} | ${remedy} |`,
  );
  return ['| code | kind | message | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

process.stdout.write(`## Settings\n\n${settingsTable()}\n\n## Errors\n\n${errorsTable()}\n`);
