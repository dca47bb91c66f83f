import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ClinicalError } from '#pipelines/errors.ts';

/** Folder that holds package.json; relative settings count from here. */
export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const words = z.string().transform((value) =>
  value
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean),
);
const optionalText = z.string().transform((value) => value.trim() || null);

/** Every setting of the server: the only list of them. `npm run docs` prints it. */
export const SETTINGS = {
  PORT: {
    default: '3180',
    unit: 'TCP port',
    meaning: 'Where the server listens; 0 takes a free one.',
    schema: wholeNumber(0, 65535),
  },
  HOST: {
    default: '127.0.0.1',
    unit: 'address',
    meaning: 'Address to listen on. Any other than a loopback address needs ACCESS_TOKEN.',
    schema: z.string().trim().min(1),
  },
  DATA_DIR: {
    default: 'data',
    unit: 'folder',
    meaning: 'Where patients, notes and answers are kept; one process at a time.',
    schema: z.string().trim().min(1),
  },
  DEMO: {
    default: 'on',
    unit: 'on or off',
    meaning: 'Load the invented demo patients that the data folder does not have yet.',
    schema: onOff,
  },
  DEMO_PATIENTS: {
    default: '1000',
    unit: 'patients',
    meaning: 'Load at most this many demo patients.',
    schema: wholeNumber(1, 1000),
  },
  ACTOR: {
    default: 'local user',
    unit: 'name',
    meaning: 'Stored with every write as its author.',
    schema: z.string().trim().min(1).max(200),
  },
  ACCESS_TOKEN: {
    default: '',
    unit: 'secret',
    meaning:
      'If set, every request under /api, /cds-services and every socket must carry it as a bearer token. At least 16 characters.',
    schema: optionalText.refine((value) => value === null || value.length >= 16, 'needs at least 16 characters'),
  },
  ALLOWED_HOSTS: {
    default: '',
    unit: 'host names, comma-separated',
    meaning: 'Host names that requests may carry beside loopback.',
    schema: words,
  },
  MAX_NOTE_BYTES: {
    default: '10000000',
    unit: 'bytes',
    meaning: 'Longest note that is read.',
    schema: wholeNumber(1000, 500_000_000),
  },
  WORKERS: {
    default: '2',
    unit: 'threads',
    meaning: 'Worker threads that read notes, one inference thread each.',
    schema: wholeNumber(1, 64),
  },
  REQUESTS_PER_MINUTE: {
    default: '6000',
    unit: 'requests',
    meaning: 'Rate limit for one client address.',
    schema: wholeNumber(1, 10_000_000),
  },
  LOG_LEVEL: {
    default: 'info',
    unit: 'level',
    meaning: 'How much is logged, as JSON lines on standard error.',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
  },
  LANGUAGE_MODEL_URL: {
    default: '',
    unit: 'URL',
    meaning: 'OpenAI-compatible server for drafting answers; none by default.',
    schema: optionalText,
  },
  LANGUAGE_MODEL_NAME: { default: '', unit: 'name', meaning: 'Model to ask that server for.', schema: optionalText },
  LANGUAGE_MODEL_KEY: { default: '', unit: 'secret', meaning: 'Key for that server.', schema: optionalText },
} as const;

type Settings = typeof SETTINGS;
type Values = { readonly [Name in keyof Settings]: z.output<Settings[Name]['schema']> };

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly demo: boolean;
  readonly demoPatients: number;
  readonly actor: string;
  readonly accessToken: string | null;
  readonly allowedHosts: readonly string[];
  readonly maxNoteBytes: number;
  readonly workers: number;
  readonly requestsPerMinute: number;
  readonly logLevel: string;
  readonly languageModel: { readonly url: string; readonly name: string; readonly key: string | null } | null;
}

/** Whether an address or host name can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Reads the settings; an empty string counts as not set.
 *
 * @throws ClinicalError `CONFIG_INVALID`, which names the setting and never its value.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([name, setting]) => [name, readSetting(name, setting, environment[name])]),
  ) as Values;
  if (!isLoopback(values.HOST) && values.ACCESS_TOKEN === null) {
    throw new ClinicalError('CONFIG_INVALID', {
      name: 'HOST',
      reason: 'an address other than loopback needs ACCESS_TOKEN',
    });
  }
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: isAbsolute(values.DATA_DIR) ? values.DATA_DIR : resolve(PROJECT_ROOT, values.DATA_DIR),
    demo: values.DEMO,
    demoPatients: values.DEMO_PATIENTS,
    actor: values.ACTOR,
    accessToken: values.ACCESS_TOKEN,
    allowedHosts: values.ALLOWED_HOSTS,
    maxNoteBytes: values.MAX_NOTE_BYTES,
    workers: values.WORKERS,
    requestsPerMinute: values.REQUESTS_PER_MINUTE,
    logLevel: values.LOG_LEVEL,
    languageModel: languageModelOf(values),
  };
}

function readSetting(
  name: string,
  setting: { default: string; schema: z.ZodType },
  given: string | undefined,
): unknown {
  const read = setting.schema.safeParse(given === undefined || given.trim() === '' ? setting.default : given);
  if (read.success) return read.data;
  throw new ClinicalError('CONFIG_INVALID', { name, reason: read.error.issues[0]!.message });
}

function languageModelOf(values: Values): Config['languageModel'] {
  const { LANGUAGE_MODEL_URL: url, LANGUAGE_MODEL_NAME: name, LANGUAGE_MODEL_KEY: key } = values;
  if (url === null) return null;
  if (!URL.canParse(url))
    throw new ClinicalError('CONFIG_INVALID', { name: 'LANGUAGE_MODEL_URL', reason: 'not a URL' });
  if (name === null)
    throw new ClinicalError('CONFIG_INVALID', {
      name: 'LANGUAGE_MODEL_NAME',
      reason: 'needed with LANGUAGE_MODEL_URL',
    });
  return { url, name, key };
}
