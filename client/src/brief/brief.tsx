export function Brief({ patient }: { readonly patient: string }) {
  return <p>{patient}</p>;
}
