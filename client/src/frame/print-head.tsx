import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { allergyLine, identityParts } from '../convert/banner.ts';
import { formatDate } from '../convert/dates.ts';
import classes from './print-head.module.css';

/** Whose page it is, on paper only: on screen the banner says it. */
export function PrintHead({ patient, title }: { readonly patient: string; readonly title: string }) {
  const { data } = useResource(resources.patient(patient));
  if (!data) return null;
  return (
    <header className={classes.head}>
      <b>{data.name}</b> {identityParts(data, false).join(' · ')}
      <div>{allergyLine(data.banner).full}</div>
      <div>
        {title}, as of {formatDate(data.banner.asOf)}
      </div>
    </header>
  );
}
