import { Navigate } from 'react-router';
import type { RouteObject } from 'react-router';
import { AppFrame } from './frame/app-frame.tsx';
import { CrashView, NoSuchPage } from './frame/crash-view.tsx';

/** Every address of the client. Pages are loaded when first opened, so that the first view stays small. */
export const routes: RouteObject[] = [
  {
    path: '/',
    element: <AppFrame />,
    errorElement: <CrashView />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Navigate to="/patients" replace /> },
      {
        path: 'patients',
        lazy: async () => ({ Component: (await import('./patients/patients-page.tsx')).PatientsPage }),
      },
      {
        path: 'patients/:patient',
        lazy: async () => ({ Component: (await import('./frame/patient-frame.tsx')).PatientFrame }),
        children: [
          { index: true, element: <Navigate to="chart" replace /> },
          {
            path: 'chart/:tab?',
            lazy: async () => ({ Component: (await import('./summary/chart-page.tsx')).ChartPage }),
          },
          {
            path: 'chat/:conversation?',
            lazy: async () => ({ Component: (await import('./conversation/chat-page.tsx')).ChatPage }),
          },
          {
            path: 'pharmacogenomics',
            lazy: async () => ({ Component: (await import('./pgx/pgx-page.tsx')).PgxPage }),
          },
          { path: '*', element: <NoSuchPage /> },
        ],
      },
      { path: 'cohort', lazy: async () => ({ Component: (await import('./cohort/cohort-page.tsx')).CohortPage }) },
      { path: 'about', lazy: async () => ({ Component: (await import('./about/about-page.tsx')).AboutPage }) },
      { path: '*', element: <NoSuchPage /> },
    ],
  },
];
