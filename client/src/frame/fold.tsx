import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './panel.module.css';

/** What is less wanted, behind its name. */
export function Fold({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [open, { toggle }] = useDisclosure(false);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <button type="button" className={classes.fold} aria-expanded={open} onClick={toggle}>
        <Chevron size={14} aria-hidden />
        {label}
      </button>
      <Collapse expanded={open} transitionDuration={0}>
        {children}
      </Collapse>
    </>
  );
}
