import { randomUUID } from 'node:crypto';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import {
  createPatientRequest,
  createPatientResponse,
  getPatientResponse,
  listPatientsResponse,
} from '#server/contract/index.ts';
import type { Banner } from '#server/contract/index.ts';
import type { Product } from '../product.ts';
import { jsonBody } from './bodies.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const tag = 'Patients';

/** Patients: made, listed, looked at. */
export function patientRoutes(product: Product): Route[] {
  const { stores, charts, sign } = product;
  return [
    route(
      {
        id: 'createPatient',
        method: 'post',
        path: '/api/v1/patients',
        tag,
        summary: 'Adds a patient',
        body: createPatientRequest,
        status: 201,
        response: createPatientResponse,
      },
      async ({ body, response }) => {
        const { identifiers, ...rest } = body;
        const patient = { ...rest, ...(identifiers && { identifiers }) };
        const { id } = await stores.patients.add(asId<PatientId>(randomUUID()), withoutUndefined(patient), sign());
        response.location(`/api/v1/patients/${id}`);
        return { id };
      },
      jsonBody(),
    ),
    route(
      {
        id: 'listPatients',
        method: 'get',
        path: '/api/v1/patients',
        tag,
        summary: 'Lists all patients by name',
        response: listPatientsResponse,
      },
      async () => ({
        patients: (await stores.patients.list()).map(({ id, name, birthDate, sex, notes, lastNote }) => ({
          id,
          name,
          birthDate,
          sex,
          notes,
          lastNote,
        })),
      }),
    ),
    route(
      {
        id: 'getPatient',
        method: 'get',
        path: '/api/v1/patients/{patient}',
        tag,
        summary: 'A patient with what the banner shows: age, allergies, and the date of the last note read',
        response: getPatientResponse,
      },
      async ({ params }) => {
        const id = asId<PatientId>(params['patient']!);
        const patient = await charts.patient(id);
        const [chart, notes] = await Promise.all([charts.chart(id, null), stores.notes.list(id)]);
        const unread = notes.filter((note) => note.state !== 'read').length;
        return {
          ...patient,
          notes: notes.length,
          lastNote: notes.at(-1)?.date ?? null,
          banner: bannerOf(chart, unread),
        };
      },
    ),
  ];
}

function bannerOf(chart: Chart, unread: number): Banner {
  return {
    asOf: chart.asOf,
    age: ageOn(chart.asOf, chart.patient.birthDate),
    allergyStatement: chart.allergyStatement,
    allergies: chart.allergies.map(({ display, reaction, interpreted, evidence }) => ({
      display,
      reaction,
      interpreted,
      evidence,
    })),
    unread,
  };
}

/** Whole years from birth to a day; null where either is not known. */
export function ageOn(day: string | null, birthDate: string | null): number | null {
  if (day === null || birthDate === null) return null;
  const hadBirthday = day.slice(5) >= birthDate.slice(5);
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (hadBirthday ? 0 : 1);
}

/** The same object without keys whose value is undefined: exact optional types tell the two apart. */
function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}
