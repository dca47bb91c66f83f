import type { Banner, GetPatientResponse, NoteCitation } from '#server/contract/index.ts';
import { ageOn, formatDate } from './dates.ts';

/** What stands beside the name: birth date with age on the day of the last note, sex, identifiers. Narrow: only the age. */
export function identityParts(patient: GetPatientResponse, narrow: boolean): string[] {
  const age = patient.banner.age ?? ageOn(patient.birthDate, patient.banner.asOf);
  const years = age === null ? null : `${age} y`;
  if (narrow) return [years, patient.sex].filter((part) => part !== null);
  const born = patient.birthDate && `born ${formatDate(patient.birthDate)}${years ? ` (${years})` : ''}`;
  const identifiers = patient.identifiers.map(({ value }) => value);
  return [born, patient.sex, ...identifiers].filter((part): part is string => Boolean(part));
}

export interface AllergyLine {
  /** Only listed or uninterpreted allergies are danger; their absence is quiet. */
  readonly danger: boolean;
  readonly text: string;
  readonly items: readonly { readonly text: string; readonly evidence: NoteCitation | undefined }[];
  /** The whole line in words. */
  readonly full: string;
}

const STATEMENTS: Readonly<Record<Banner['allergyStatement'], string>> = {
  'allergies listed': 'Allergies listed',
  'no known allergies stated': 'No known allergies stated',
  'no allergy statement found': 'No allergy statement found',
};

/** The banner's allergies; text that could not be read as an allergy is shown word for word and said to be so. */
export function allergyLine(banner: Banner): AllergyLine {
  const items = banner.allergies.map(({ display, reaction, interpreted, evidence }) => ({
    text: interpreted ? (reaction ? `${display} (${reaction})` : display) : `“${display}” (not interpreted)`,
    evidence: evidence[0],
  }));
  const unread = banner.unread > 0 ? ` · ${banner.unread} notes not read yet` : '';
  const text = STATEMENTS[banner.allergyStatement] + unread;
  const listed = items.map((item) => item.text).join(', ');
  return { danger: items.length > 0, text, items, full: items.length > 0 ? `Allergies: ${listed}${unread}` : text };
}
