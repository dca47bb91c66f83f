import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { routes } from './routes.tsx';
import { theme, variables } from './theme/theme.ts';

const router = createBrowserRouter(routes);

/** The whole client: theme, notices and the pages behind their addresses. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={3} autoClose={5000} />
      <RouterProvider router={router} />
    </MantineProvider>
  );
}
