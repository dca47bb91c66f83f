import { BadLine } from './json-lines.ts';

/** Checks of what a line holds; each says what is wrong without repeating it. */

export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadLine(`${what} is not an object`);
  return value as Record<string, unknown>;
}

export function textField(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new BadLine(`"${name}" is ${value === undefined ? 'missing' : 'not a string'}`);
  return value;
}

/** An id as it stands in the line: a string, or a number, which goes out as it came in. */
export function idField(fields: Readonly<Record<string, unknown>>): string | number {
  const { id } = fields;
  if (typeof id !== 'string' && typeof id !== 'number') {
    throw new BadLine(`"id" is ${id === undefined ? 'missing' : 'not a string'}`);
  }
  return id;
}

export function integerField(fields: Readonly<Record<string, unknown>>, name: string): number {
  const value = fields[name];
  if (!Number.isInteger(value)) throw new BadLine(`"${name}" is not a whole number`);
  return value as number;
}
