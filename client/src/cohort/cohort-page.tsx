export function CohortPage() {
  return <p />;
}
