import {
  IconDna2,
  IconInfoCircle,
  IconMessageQuestion,
  IconReportMedical,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { NavLink } from 'react-router';
import classes from './rail.module.css';

interface RailItem {
  readonly label: string;
  readonly short: string;
  readonly to: string | null;
  readonly icon: typeof IconUsers;
}

function railItems(patient: string | null): RailItem[] {
  const under = (view: string): string | null => (patient ? `/patients/${encodeURIComponent(patient)}/${view}` : null);
  return [
    { label: 'Patients', short: 'Patients', to: '/patients', icon: IconUsers },
    { label: 'Chart', short: 'Chart', to: under('chart'), icon: IconReportMedical },
    { label: 'Chat', short: 'Chat', to: under('chat'), icon: IconMessageQuestion },
    { label: 'Pharmaco\u00adgenomics', short: 'Genes', to: under('pharmacogenomics'), icon: IconDna2 },
    { label: 'Cohort', short: 'Cohort', to: '/cohort', icon: IconUsersGroup },
    { label: 'About', short: 'About', to: '/about', icon: IconInfoCircle },
  ];
}

/** The views. Those of a patient wait, greyed, until one is open. */
export function Rail({
  patient,
  horizontal = false,
}: {
  readonly patient: string | null;
  readonly horizontal?: boolean;
}) {
  return (
    <ul className={horizontal ? classes.row : classes.column}>
      {railItems(patient).map(({ label, short, to, icon: Icon }) => (
        <li key={label}>
          {to === null ? (
            <span className={classes.item} data-off title="Open a patient first">
              <Icon size={20} stroke={1.6} aria-hidden />
              <span>{horizontal ? short : label}</span>
            </span>
          ) : (
            <NavLink to={to} end={to === '/patients'} className={classes.item ?? ''} lang="en">
              <Icon size={20} stroke={1.6} aria-hidden />
              <span>{horizontal ? short : label}</span>
            </NavLink>
          )}
        </li>
      ))}
    </ul>
  );
}
