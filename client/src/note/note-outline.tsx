import { Button, Menu } from '@mantine/core';
import { IconList } from '@tabler/icons-react';
import type { GetNoteResponse } from '#server/contract/index.ts';
import { outlineOf } from '../convert/outline.ts';
import { scrollToOffset } from './scroll.ts';
import classes from './note.module.css';

/** The sections at the side of a wide note. */
export function NoteOutline({ note }: { readonly note: GetNoteResponse }) {
  const outline = outlineOf(note);
  if (outline.length < 2) return null;
  return (
    <nav aria-label="Sections" style={{ display: 'contents' }}>
      <ul className={classes.outline}>
        {outline.map(({ title, start }) => (
          <li key={start}>
            <button type="button" onClick={() => scrollToOffset(start)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same sections behind a button, where there is no room at the side. */
export function OutlineMenu({ note }: { readonly note: GetNoteResponse }) {
  const outline = outlineOf(note);
  if (outline.length < 2) return null;
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" size="compact-xs" className={classes.outlineMenu ?? ''} aria-label="Sections">
          <IconList size={14} aria-hidden />
          <span className={classes.toolText}>Sections</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {outline.map(({ title, start }) => (
          <Menu.Item key={start} fz="xs" py={4} onClick={() => scrollToOffset(start)}>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
