export function Conflicts({ patient }: { readonly patient: string }) {
  return <p>{patient}</p>;
}
