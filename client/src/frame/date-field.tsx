import { DateInput } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { IconCalendar } from '@tabler/icons-react';

interface DateFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly max?: string | null;
  /** ISO date; empty for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A calendar date in the house form, whatever the language of the browser; also typed as `2022-03-12`. */
export function DateField({ label, description, required = false, max, value, onChange }: DateFieldProps) {
  return (
    <DateInput
      size="xs"
      label={label}
      description={description}
      required={required}
      placeholder="12 Mar 2022"
      valueFormat="D MMM YYYY"
      leftSection={<IconCalendar size={14} aria-hidden />}
      clearable
      clearButtonProps={{ 'aria-label': 'Clear the date' }}
      {...(max ? { maxDate: max } : {})}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      popoverProps={{ transitionProps: { duration: 0 }, withinPortal: true }}
    />
  );
}
