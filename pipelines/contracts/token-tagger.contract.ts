import { expect, it } from 'vitest';
import type { TokenTagger } from './token-tagger.ts';

/** What every tagger must do. Call within a `describe`. @param tagger - Gives the tagger once it is set up. */
export function behavesAsTokenTagger(tagger: () => TokenTagger): void {
  it('places every entity exactly, beside CR LF, tabs, emoji and NUL', async () => {
    const text = '😀\r\n\tStarted warfarin\0 5 mg daily\r\n発熱 fever \ud83d';
    const { entities } = await tagger().tag(text);
    expect(entities.map(({ start, end }) => text.slice(start, end))).toContain('warfarin');
    for (const { start, end } of entities) expect(text.slice(start, end)).toMatch(/^\S[^]*\S$|^\S$/);
  });

  it('reads a text that is longer than one window to its end', async () => {
    const text = `${'He was seen and went home. '.repeat(400)}Takes warfarin.`;
    const { entities } = await tagger().tag(text);
    expect(entities.at(-1)).toMatchObject({ start: text.indexOf('warfarin'), label: 'Medication' });
  });

  it('gives the same output for the same input, whatever else is read at the time', async () => {
    const text = 'Denies chest pain. Lisinopril 10 mg daily for hypertension.';
    const alone = await tagger().tag(text);
    const together = await Promise.all([text, `${text} ${text}`, text].map((each) => tagger().tag(each)));
    expect(together[0]).toEqual(alone);
    expect(together[2]).toEqual(alone);
  });

  it('reads flags, action and relations of the spans that are given, under their ids', async () => {
    const text = 'Takes apixaban 5 mg. Denies bleeding.';
    const entities = [
      { id: 'finding', label: 'Finding', start: 28, end: 36 },
      { id: 'dose', label: 'Dose', start: 15, end: 19 },
      { id: 'drug', label: 'Medication', start: 6, end: 14 },
    ];
    const read = await tagger().tag(text, { entities });
    expect(read.entities.map(({ id, flags, action }) => [id, flags, action])).toEqual([
      ['finding', ['neg'], null],
      ['dose', [], null],
      ['drug', [], 'continue'],
    ]);
    expect(read.relations).toEqual([{ type: 'of', head: 'dose', tail: 'drug', score: expect.any(Number) as number }]);
  });

  it('finds nothing in an empty text and in white space', async () => {
    for (const text of ['', ' \r\n\t']) expect(await tagger().tag(text)).toEqual({ entities: [], relations: [] });
  });

  it('refuses a schema that the model has not', async () => {
    await expect(tagger().tag('fever', { schema: 'no-such-schema' })).rejects.toMatchObject({
      code: 'MODEL_SCHEMA_UNKNOWN',
    });
  });

  it('stops when the signal is aborted, and reads on', async () => {
    const reading = new AbortController();
    const long = tagger().tag('Denies fever. '.repeat(20_000), { signal: reading.signal });
    reading.abort(new Error('not needed any more'));
    await expect(long).rejects.toThrow('not needed any more');
    expect((await tagger().tag('Takes warfarin.')).entities).toHaveLength(1);
  });
}
