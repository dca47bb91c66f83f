import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { variables, theme } from '../theme/theme.ts';

// happy-dom has no font loading; Mantine's growing text areas listen for it.
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });

/** Draws a view at an address, with our theme and without transitions. */
export function renderAt(address: string, path: string, element: ReactNode) {
  const router = createMemoryRouter([{ path, element }], { initialEntries: [address] });
  const drawn = render(
    <MantineProvider theme={theme} cssVariablesResolver={variables} env="test">
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  return { ...drawn, router };
}
