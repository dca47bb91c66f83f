import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { DARK_HUES, LIGHT_HUES, PAGE, TINT } from './label-hues.ts';
import type { Palette } from './label-hues.ts';

const ink: MantineColorsTuple = [
  '#eef5fa',
  '#dbe8f1',
  '#b4d0e2',
  '#8ab6d3',
  '#67a0c7',
  '#4f92bf',
  '#3a7dab',
  '#2a6690',
  '#1d4f73',
  '#113c5a',
];

const SYSTEM_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';
const MONOSPACE = 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, Consolas, monospace';

/** One family, 14 px base, small radii: quiet and dense. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  colors: {
    ink,
    dark: [
      '#d5d9de',
      '#b3b9c1',
      '#939aa3',
      '#6f7780',
      '#464d55',
      '#363c43',
      '#2a2f35',
      '#1a1d21',
      '#15181b',
      '#101214',
    ],
    gray: [
      '#f7f8f9',
      '#f0f2f4',
      '#e5e8eb',
      '#d8dce1',
      '#c4cad1',
      '#a4acb5',
      '#7b848e',
      '#525b65',
      '#3a424b',
      '#22282e',
    ],
  },
  fontFamily: SYSTEM_FONT,
  fontFamilyMonospace: MONOSPACE,
  headings: { fontFamily: SYSTEM_FONT, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.3' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 500 } } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Table: {
      defaultProps: { verticalSpacing: 4, horizontalSpacing: 8, tabularNums: true },
      styles: {
        th: { fontSize: 12, fontWeight: 600, color: 'var(--quiet)', whiteSpace: 'nowrap' },
        td: { verticalAlign: 'top' },
      },
    },
    Modal: { defaultProps: { transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    HoverCard: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
  },
});

function hueVariables(hues: Palette, scheme: 'light' | 'dark'): Record<string, string> {
  const page = PAGE[scheme];
  const share = `${TINT[scheme] * 100}%`;
  return Object.fromEntries(
    Object.entries(hues).flatMap(([name, colour]) => [
      [`--hue-${name}`, colour],
      [`--tint-${name}`, `color-mix(in srgb, ${colour} ${share}, ${page})`],
      [`--faint-${name}`, `color-mix(in srgb, ${colour} ${TINT[scheme] * 45}%, ${page})`],
    ]),
  );
}

/** Our own variables: hues of marks, danger, "look", quiet text and rules. Danger is red and only danger is red. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...hueVariables(LIGHT_HUES, 'light'),
    '--danger': '#b3150f',
    '--danger-tint': '#fdf0ef',
    '--look': '#7a4b00',
    '--look-tint': '#fdf3dc',
    '--quiet': '#525b65',
    '--rule': '#dfe3e7',
    '--panel': '#f7f8f9',
    '--raised': '#ffffff',
    '--flash': '#ffd54a',
    '--mantine-color-dimmed': '#525b65',
    '--mantine-color-body': PAGE.light,
  },
  dark: {
    ...hueVariables(DARK_HUES, 'dark'),
    '--danger': '#ff8d84',
    '--danger-tint': '#3a1f1f',
    '--look': '#f0bd5e',
    '--look-tint': '#352a16',
    '--quiet': '#a3abb4',
    '--rule': '#33393f',
    '--panel': '#15181b',
    '--raised': '#212529',
    '--flash': '#8a6a00',
    '--mantine-color-dimmed': '#a3abb4',
    '--mantine-color-body': PAGE.dark,
  },
});
