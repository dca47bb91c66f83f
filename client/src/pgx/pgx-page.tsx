export function PgxPage() {
  return <p />;
}
