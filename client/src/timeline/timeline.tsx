export function Timeline({ patient }: { readonly patient: string }) {
  return <p>{patient}</p>;
}
