import { AppShell } from '@mantine/core';
import { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { Suspense, lazy } from 'react';
import { Outlet } from 'react-router';
import classes from './app-frame.module.css';
import { NARROW } from './breakpoints.ts';
import { KeyboardSheet } from './keyboard-sheet.tsx';
import { PatientBanner } from './patient-banner.tsx';
import { Rail } from './rail.tsx';
import { StatusLine } from './status-line.tsx';
import { usePatientId } from './use-patient-id.ts';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));

/** What stands still: banner above, rail at the side (or foot), status line below. */
export function AppFrame() {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
  const patient = usePatientId();
  const [sheet, { open, close }] = useDisclosure(false);
  useHotkeys([['shift+?', open]]);
  return (
    <AppShell
      header={{ height: narrow ? 58 : 52 }}
      footer={{ height: narrow ? 74 : 26 }}
      {...(narrow ? {} : { navbar: { width: 92, breakpoint: 0 } })}
      padding={0}
      transitionDuration={0}
      className={classes.shell ?? ''}
    >
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <AppShell.Header className={classes.header ?? ''}>
        <PatientBanner key={patient} patient={patient} narrow={narrow} onHelp={open} />
      </AppShell.Header>
      {!narrow && (
        <AppShell.Navbar className={classes.rail ?? ''} aria-label="Views">
          <Rail patient={patient} />
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" tabIndex={-1} className={classes.main ?? ''}>
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer className={classes.footer ?? ''}>
        <StatusLine narrow={narrow} />
        {narrow && (
          <nav aria-label="Views">
            <Rail patient={patient} horizontal />
          </nav>
        )}
      </AppShell.Footer>
      <KeyboardSheet opened={sheet} onClose={close} />
      <Suspense>
        <CommandPalette patient={patient} />
      </Suspense>
    </AppShell>
  );
}
