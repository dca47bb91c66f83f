import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { GivenSpan } from '#pipelines/contracts/token-tagger.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import { createTagger } from '#pipelines/engines/transformers/index.ts';
import type { ReadingEngines, TextLayers } from '#pipelines/ingest-note.ts';
import { annotateText } from '#pipelines/ingest-note.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import { offsetMap } from '#pipelines/text/index.ts';
import { idField, integerField, objectOf, textField } from './json-fields.ts';
import { BadLine, runJsonLines } from './json-lines.ts';

const MODEL_DIR = fileURLToPath(new URL('../../pipelines/models/clinical-extractor/1', import.meta.url));
const TERMINOLOGY_DIR = fileURLToPath(new URL('../../pipelines/rules/terminology/2026.1', import.meta.url));
const WORKERS = 2;
/** Enough to keep both workers busy, few enough to keep a large file out of memory. */
const LINES_UNDER_WAY = 8;

const HELP = `Usage: npm run --silent extract -- [--schema NAME] [--offsets codepoints] [--readers both] < in.jsonl > out.jsonl

Reads clinical text: entities with flags and actions, relations, sections.

In, a JSON object a line:
  {"id": "...", "text": "...", "entities": [{"id", "start", "end", "label"}]}
  With "entities", these spans get flags, actions and relations instead of found ones.
Out, a JSON object for each good line, in order:
  {"id", "entities": [{"id", "start", "end", "label", "score", "flags", "action", "cues", "concepts"}],
   "relations": [{"type", "head", "tail", "score"}], "sections": [{"start", "end", "category"}]}
  flags    of neg unc hyp hist fam; action: start stop increase decrease hold continue allergy, or null
  cues     the words that a flag rests on, where the rules find them too
  head     the dependent (dose, drug given for, reaction by, test that shows); tail what it points at

  --schema NAME         label set: clinical (default), or one of the model's others, see below
  --offsets UNIT        utf16 (default): UTF-16 code units, as in JavaScript; codepoints: as in Python
  --readers both        also what the rules read beside the model, as the product does: genotypes in further notations,
                        a relative's conditions; without it, the model alone
  --help                this text

A bad line is named on standard error (line 7: ...) and passed over; the exit code is then 1.
Schemas: `;

interface Options {
  readonly schema: string;
  readonly codePoints: boolean;
  readonly readers: 'model' | 'both';
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) return 2;
  const tagger = await createTagger({ modelDir: MODEL_DIR, workers: WORKERS });
  try {
    if (options === 'help') {
      process.stdout.write(`${HELP}${tagger.schemas.join(', ')}\n`);
      return 0;
    }
    if (!tagger.schemas.includes(options.schema)) {
      throw new ClinicalError('MODEL_SCHEMA_UNKNOWN', { schema: options.schema, known: tagger.schemas });
    }
    const engines = { tagger, terminology: loadTerminology(TERMINOLOGY_DIR) };
    return await runJsonLines({
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
      concurrency: LINES_UNDER_WAY,
      handle: (value) => extractLine(value, options, engines),
    });
  } finally {
    await tagger.close();
  }
}

function readOptions(): Options | 'help' | null {
  try {
    const { values } = parseArgs({
      options: {
        schema: { type: 'string', default: 'clinical' },
        offsets: { type: 'string', default: 'utf16' },
        readers: { type: 'string', default: 'model' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    if (values.offsets !== 'utf16' && values.offsets !== 'codepoints') {
      process.stderr.write('--offsets is utf16 or codepoints\n');
      return null;
    }
    if (values.readers !== 'model' && values.readers !== 'both') {
      process.stderr.write('--readers is model or both\n');
      return null;
    }
    return { schema: values.schema, codePoints: values.offsets === 'codepoints', readers: values.readers };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nSee --help.\n`);
    return null;
  }
}

async function extractLine(value: unknown, options: Options, engines: ReadingEngines): Promise<unknown> {
  const fields = objectOf(value, 'the line');
  const id = idField(fields);
  const text = textField(fields, 'text');
  const { toCodeUnit, toCodePoint } = options.codePoints ? offsetMap(text) : { toCodeUnit: same, toCodePoint: same };
  const entities = fields['entities'] === undefined ? undefined : givenSpans(fields['entities'], text, toCodeUnit);
  const layers = await annotateText(text, engines, {
    schema: options.schema,
    readers: options.readers,
    ...(entities && { entities }),
  });
  return { id, ...outputOf(layers, toCodePoint) };
}

const same = (position: number): number => position;

/** What a line says of a text; positions through `out`. */
function outputOf(layers: TextLayers, out: (position: number) => number): Record<string, unknown> {
  const placed = <Range extends TextRange>(range: Range): Range => ({
    ...range,
    start: out(range.start),
    end: out(range.end),
  });
  return {
    entities: layers.entities.map(({ id, start, end, label, score, flags, action, cues, concepts }) => {
      const told = cues?.filter((cue) => flags.includes(cue.flag)).map(placed) ?? [];
      return {
        ...{ id, start: out(start), end: out(end), label, score, flags, action },
        ...(told.length > 0 && { cues: told }),
        ...(concepts && { concepts: concepts.map(({ system, code, display }) => ({ system, code, display })) }),
      };
    }),
    relations: layers.relations,
    sections: layers.sections.map(({ start, end, category }) => ({ start: out(start), end: out(end), category })),
  };
}

function givenSpans(value: unknown, text: string, toCodeUnit: (position: number) => number): GivenSpan[] {
  if (!Array.isArray(value)) throw new BadLine('"entities" is not a list');
  const ids = new Set<string>();
  return value.map((item: unknown) => {
    const fields = objectOf(item, 'an entity');
    const id = textField(fields, 'id');
    if (ids.has(id)) throw new BadLine('two entities have the same id');
    ids.add(id);
    const { start, end } = rangeOf(fields, toCodeUnit);
    if (!(start >= 0 && start < end && end <= text.length)) throw new BadLine('an entity lies outside the text');
    return { id, start, end, label: textField(fields, 'label') };
  });
}

function rangeOf(fields: Readonly<Record<string, unknown>>, toCodeUnit: (position: number) => number): TextRange {
  const [start, end] = [integerField(fields, 'start'), integerField(fields, 'end')];
  try {
    return { start: toCodeUnit(start), end: toCodeUnit(end) };
  } catch {
    throw new BadLine('an entity lies outside the text');
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough
  throw error;
});

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const known = error instanceof ClinicalError;
    process.stderr.write(
      known ? `${error.message} ${error.remedy} (${error.code})\n` : 'Something went wrong inside.\n',
    );
    process.exitCode = 2;
  },
);
