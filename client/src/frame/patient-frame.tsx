import { Box, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Outlet, useNavigate, useParams } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { EvidencePane } from '../note/evidence-pane.tsx';
import { AddNoteDialog } from '../patients/add-note-dialog.tsx';
import { SplitView } from './split-view.tsx';
import { View } from './view.tsx';

/** One patient's views: conclusion left, evidence right. Another patient is another frame, with nothing carried over. */
export function PatientFrame() {
  const { patient = '' } = useParams();
  const loaded = useResource(resources.patient(patient));
  const navigate = useNavigate();
  useHotkeys([['b', () => void navigate(`/patients/${encodeURIComponent(patient)}/chart/brief`)]]);
  if (!loaded.data) {
    return (
      <Box p="md">
        <VisuallyHidden component="h1">Patient</VisuallyHidden>
        <View of={loaded}>{() => null}</View>
      </Box>
    );
  }
  return (
    <>
      <SplitView key={patient} left={<Outlet />} right={<EvidencePane patient={patient} />} />
      <AddNoteDialog />
    </>
  );
}
