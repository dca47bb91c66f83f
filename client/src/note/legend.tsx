import { Checkbox, SimpleGrid, Text } from '@mantine/core';
import { FORMS } from '../convert/assertion.ts';
import { hueOf, isQualifier } from '../theme/label-hues.ts';
import classes from './marks.module.css';
import type { MarkSettingsControl } from './use-mark-settings.ts';

const LABELS: readonly (readonly [string, string])[] = [
  ['Condition', 'Condition'],
  ['Finding', 'Finding'],
  ['Medication', 'Medication'],
  ['Dose', 'Dose'],
  ['Route', 'Route'],
  ['Frequency', 'Frequency'],
  ['Form', 'Form'],
  ['Duration', 'Duration'],
  ['Test', 'Test'],
  ['Value', 'Value'],
  ['Procedure', 'Procedure'],
  ['Time', 'Time'],
  ['BodySite', 'Body site'],
  ['Genotype', 'Genotype'],
  ['Habit', 'Habit'],
];

/** What colours and forms mean; each can be switched off. */
export function Legend({ settings }: { readonly settings: MarkSettingsControl }) {
  return (
    <>
      <fieldset className={classes.group}>
        <Text component="legend" className="eyebrow" size="xs">
          Colour says what it is
        </Text>
        <SimpleGrid cols={3} spacing={4} verticalSpacing={5}>
          {LABELS.map(([label, shown]) => (
            <Checkbox
              key={label}
              size="xs"
              checked={!settings.hiddenLabels.includes(label)}
              onChange={() => settings.toggleLabel(label)}
              label={
                <span className={classes.mark} data-hue={hueOf(label)} data-qualifier={isQualifier(label) || undefined}>
                  {shown}
                </span>
              }
            />
          ))}
        </SimpleGrid>
      </fieldset>
      <fieldset className={classes.group}>
        <Text component="legend" className="eyebrow" size="xs">
          Form says whether it is so
        </Text>
        <SimpleGrid cols={3} spacing={4} verticalSpacing={5}>
          {FORMS.map((form) => (
            <Checkbox
              key={form}
              size="xs"
              checked={!settings.hiddenForms.includes(form)}
              onChange={() => settings.toggleForm(form)}
              label={
                <span className={classes.mark} data-hue="condition" data-forms={form}>
                  {form}
                </span>
              }
            />
          ))}
        </SimpleGrid>
      </fieldset>
    </>
  );
}
