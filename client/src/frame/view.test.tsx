// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { delay, http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { renderAt } from '../testing/render.tsx';
import { outcome, replies, useFakeServer } from '../testing/server.ts';
import { View } from './view.tsx';

const server = useFakeServer();
afterEach(cleanup);

function Patients() {
  const loaded = useResource(resources.patients());
  return (
    <View of={loaded} empty={{ when: ({ patients }) => patients.length === 0, show: <p>none yet</p> }}>
      {({ patients }) => <p>{patients.map(({ name }) => name).join()}</p>}
    </View>
  );
}

const draw = () => renderAt('/', '/', <Patients />);
const ada = { id: 'p', name: 'Ada Invented', birthDate: null, sex: null, notes: 0, lastNote: null };

describe('a view', () => {
  it('shows what was read', async () => {
    server.use(replies('/patients', { patients: [ada] }));
    draw();
    expect(await screen.findByText('Ada Invented')).toBeDefined();
  });

  it('says that there is nothing', async () => {
    server.use(replies('/patients', { patients: [] }));
    draw();
    expect(await screen.findByText('none yet')).toBeDefined();
  });

  it('shows grey lines while it waits', async () => {
    server.use(http.get('*/api/v1/patients', () => delay('infinite')));
    draw();
    expect(screen.queryByLabelText('Loading')).toBeNull();
    expect(await screen.findByLabelText('Loading')).toBeDefined();
  });

  it('says what went wrong, what to do and which code to quote, and tries again', async () => {
    server.use(replies('/patients', outcome('STORE_DAMAGED', 'The database file is damaged.', 'Restore it.'), 503));
    draw();
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /database file is damaged.*Restore it.*STORE_DAMAGED/,
    );
    server.use(replies('/patients', { patients: [ada] }));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Ada Invented')).toBeDefined();
  });

  it('does not offer to retry what does not exist', async () => {
    server.use(replies('/patients', outcome('PATIENT_NOT_FOUND', 'There is no patient x.', 'List them.'), 404));
    draw();
    expect(await screen.findByText('Not found')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('says that the server does not answer', async () => {
    server.use(http.get('*/api/v1/patients', () => HttpResponse.error()));
    draw();
    expect((await screen.findByRole('alert')).textContent).toContain('SERVER_UNREACHABLE');
  });

  it('asks for the access token and sends it from then on', async () => {
    const seen: (string | null)[] = [];
    server.use(
      http.get('*/api/v1/patients', ({ request }) => {
        seen.push(request.headers.get('authorization'));
        return seen.length > 1
          ? HttpResponse.json({ patients: [ada] })
          : HttpResponse.json(outcome('TOKEN_REQUIRED', 'An access token is needed.', ''), { status: 403 });
      }),
      http.all('*/socket.io/*', () => HttpResponse.error()),
    );
    draw();
    await userEvent.type(await screen.findByLabelText('Access token'), 'a-secret-token');
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText('Ada Invented')).toBeDefined();
    expect(seen).toEqual([null, 'Bearer a-secret-token']);
    sessionStorage.clear();
  });
});
