import { Spotlight } from '@mantine/spotlight';
import type { SpotlightActionData } from '@mantine/spotlight';
import { useNavigate } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';

const VIEWS = [
  ['Summary', 'chart/summary'],
  ['Timeline', 'chart/timeline'],
  ['Notes', 'chart/notes'],
  ['Conflicts', 'chart/conflicts'],
  ['Brief', 'chart/brief'],
  ['Chat', 'chat'],
  ['Pharmacogenomics', 'pharmacogenomics'],
] as const;

/** Ctrl K: goes to any patient or view by name. */
export function CommandPalette({ patient }: { readonly patient: string | null }) {
  const navigate = useNavigate();
  const { data } = useResource(resources.patients());
  const go = (label: string, to: string, description = ''): SpotlightActionData => ({
    id: to,
    label,
    description,
    onClick: () => void navigate(to),
  });
  const views = patient
    ? VIEWS.map(([label, to]) => go(label, `/patients/${encodeURIComponent(patient)}/${to}`, 'This patient'))
    : [];
  const patients = (data?.patients ?? []).map(({ id, name, lastNote }) =>
    go(name, `/patients/${encodeURIComponent(id)}/chart`, lastNote ? `last note ${formatDate(lastNote)}` : 'no notes'),
  );
  const pages = [go('Patients', '/patients'), go('Cohort search', '/cohort'), go('About', '/about')];
  return (
    <Spotlight
      actions={[...views, ...patients, ...pages]}
      shortcut={['mod + K']}
      limit={12}
      scrollable
      maxHeight={420}
      nothingFound="Nothing by that name"
      searchProps={{ placeholder: 'Patient or view', 'aria-label': 'Patient or view' }}
      transitionProps={{ duration: 0 }}
    />
  );
}
