/** Words that laboratories put into sample names and that name nobody. */
const NO_NAMES = new Set(
  'sample patient proband mother father sib control test unknown normal tumor tumour blood saliva dna germline wgs wes panel vcf case subject individual child'.split(
    ' ',
  ),
);

export interface SampleOwner {
  readonly name: string;
  /** Record numbers and the like. */
  readonly identifiers: readonly string[];
}

/**
 * Whether the sample name of a VCF speaks against a patient: it is a person's name that shares no word with the patient's,
 * or a number of the same shape as one of the patient's identifiers that equals none of them. Laboratory codes (`NA12878`,
 * `S1`) say nothing either way.
 */
export function namesSomeoneElse(sample: string, patient: SampleOwner): boolean {
  const folded = foldIdentifier(sample);
  const identifiers = patient.identifiers.map(foldIdentifier);
  if (identifiers.includes(folded)) return false;
  const words = personWords(sample);
  if (words.length >= 2) {
    const own = new Set(personWords(patient.name));
    return own.size > 0 && !words.some((word) => own.has(word));
  }
  return /\d{5,}/.test(folded) && identifiers.some((identifier) => shapeOf(identifier) === shapeOf(folded));
}

/** The words of a name, folded; none where there are digits or words that laboratories use. */
function personWords(text: string): readonly string[] {
  if (/\d/.test(text)) return [];
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1);
  return words.some((word) => NO_NAMES.has(word)) ? [] : words;
}

function foldIdentifier(text: string): string {
  return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters and digits by kind: `MRN0042` -> `AAA0000`. */
function shapeOf(text: string): string {
  return text.replace(/\p{L}/gu, 'A').replace(/\p{N}/gu, '0');
}
