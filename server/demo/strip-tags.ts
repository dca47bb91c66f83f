/** A tag of the annotation guideline: `<C neg>` or `</C>`. */
const TAG = /<\/?[A-Z](?:\s+[a-z]+(?:=[A-Za-z0-9_,]+)?)*>/g;

/** The clean note of a tagged one. Nothing of the tags is kept. */
export function stripTags(tagged: string): string {
  return tagged.replace(TAG, '');
}
