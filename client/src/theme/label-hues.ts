/**
 * Hue says what a mark is. Eight hues, chosen by search so that each has at least 4.5:1 contrast on its own tint and no two
 * come nearer than 0.05 in OKLab under normal vision, protanopia, deuteranopia or tritanopia; the test beside checks both.
 */
export const HUE_NAMES = [
  'condition',
  'finding',
  'medication',
  'test',
  'procedure',
  'time',
  'genotype',
  'habit',
] as const;
export type HueName = (typeof HUE_NAMES)[number];

export type Palette = Readonly<Record<HueName, string>>;

export const LIGHT_HUES: Palette = {
  condition: '#6824a2',
  finding: '#865c13',
  medication: '#2f406f',
  test: '#115e3f',
  procedure: '#701952',
  time: '#595d68',
  genotype: '#414b00',
  habit: '#016c8f',
};

export const DARK_HUES: Palette = {
  condition: '#e4a0de',
  finding: '#ef9f66',
  medication: '#96bdff',
  test: '#5edda8',
  procedure: '#f6b8d6',
  time: '#aab0b5',
  genotype: '#cbe67d',
  habit: '#3de9fe',
};

/** Share of the hue in a mark's tint, the rest being the page. */
export const TINT = { light: 0.13, dark: 0.22 } as const;
export const PAGE = { light: '#ffffff', dark: '#1a1d21' } as const;

const HUE_OF_LABEL: Readonly<Record<string, HueName>> = {
  Condition: 'condition',
  Finding: 'finding',
  Medication: 'medication',
  Dose: 'medication',
  Route: 'medication',
  Frequency: 'medication',
  Form: 'medication',
  Duration: 'medication',
  Procedure: 'procedure',
  Test: 'test',
  Value: 'test',
  Time: 'time',
  BodySite: 'time',
  Habit: 'habit',
  Genotype: 'genotype',
};

/** Labels that say something about another mark and take its hue, lighter. */
const QUALIFIERS: ReadonlySet<string> = new Set([
  'Dose',
  'Route',
  'Frequency',
  'Form',
  'Duration',
  'Value',
  'BodySite',
]);

/** Hue of a label of the extractor's schema; labels of other schemas take the neutral one. */
export function hueOf(label: string): HueName {
  return HUE_OF_LABEL[label] ?? 'time';
}

/** Whether a label only qualifies another mark and is drawn lighter. */
export function isQualifier(label: string): boolean {
  return QUALIFIERS.has(label);
}
