export function AboutPage() {
  return <p />;
}
