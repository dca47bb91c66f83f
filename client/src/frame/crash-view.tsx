import { Anchor, Box, Title } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { Notice } from './notice.tsx';

/** Shown where an address leads nowhere. */
export function NoSuchPage() {
  return (
    <Box p="lg">
      <Title order={1} size="h4" mb="sm">
        Nothing at this address
      </Title>
      <Anchor component={Link} to="/patients">
        Go to the list of patients
      </Anchor>
    </Box>
  );
}

/** Shown when a page fails to load or to draw: says so, with a code, instead of going blank. */
export function CrashView() {
  const error = useRouteError();
  const name = error instanceof Error ? error.name : 'Error';
  return (
    <Box p="lg" role="main">
      <Notice
        tone="danger"
        title="This view could not be shown"
        code={`VIEW_FAILED (${name})`}
        remedy="Nothing was lost. Reload the page; if it repeats, report the code with the address of the page."
        action={{ label: 'Reload', onClick: () => window.location.reload() }}
      />
    </Box>
  );
}
