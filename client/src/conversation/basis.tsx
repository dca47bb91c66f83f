import type { AnswerView } from '#server/contract/index.ts';
import { surenessWords } from '../convert/sureness.ts';
import classes from './chat.module.css';

/** What an answer rests on and what it does not know. */
export function Basis({ answer }: { readonly answer: AnswerView }) {
  const { basis, by } = answer;
  const releases = [...by.pipeline.split('+'), ...by.rules, ...(by.prompt ? [by.prompt] : [])];
  const sureness = surenessWords(basis.confidence);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Inputs used', basis.inputsUsed],
    ['Inputs missing', basis.inputsMissing],
    ['Rules applied', basis.rulesApplied],
    ['Limits', basis.limits],
    ...(sureness === null ? [] : [['How sure', [sureness]] as const]),
    ['Searched for', answer.searched.terms],
    ['Releases', releases],
  ];
  return (
    <dl className={classes.basis}>
      {rows.map(([name, items]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{items.length > 0 ? items.join('; ') : 'none'}</dd>
        </div>
      ))}
    </dl>
  );
}
