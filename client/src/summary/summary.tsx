import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { RowsSkeleton, View } from '../frame/view.tsx';
import { AllergiesPanel } from './allergies-panel.tsx';
import { GenotypePanel } from './genotype-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { MedicationsPanel } from './medications-panel.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { ResultsPanel } from './results-panel.tsx';

/** The patient at a glance; every cell opens what it stands on. */
export function Summary({ patient }: { readonly patient: string }) {
  const problems = useResource(resources.problems(patient));
  const medications = useResource(resources.medications(patient));
  const allergies = useResource(resources.allergies(patient));
  const results = useResource(resources.results(patient));
  const skeleton = <RowsSkeleton rows={4} />;
  return (
    <>
      <View of={problems} skeleton={skeleton}>
        {({ items }) => <ProblemsPanel items={items} />}
      </View>
      <View of={medications} skeleton={skeleton}>
        {({ items }) => <MedicationsPanel items={items} />}
      </View>
      <View of={allergies} skeleton={skeleton}>
        {(data) => <AllergiesPanel data={data} />}
      </View>
      <GenotypePanel patient={patient} />
      <View of={results} skeleton={skeleton}>
        {({ items }) => <ResultsPanel patient={patient} items={items} />}
      </View>
      <HistoryPanel patient={patient} />
    </>
  );
}
