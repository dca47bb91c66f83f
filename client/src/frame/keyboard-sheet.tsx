import { Kbd, Modal, Table } from '@mantine/core';

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['Show this sheet', ['?']],
  ['Go to a patient or view', ['Ctrl', 'K']],
  ['Go to the question box', ['/']],
  ['Ask', ['Enter']],
  ['New line in the question', ['Shift', 'Enter']],
  ['Recall the last question', ['↑']],
  ['Next or previous citation', [']', '[']],
  ['Next or previous finding in the note', ['j', 'k']],
  ['Find in the note', ['f']],
  ['Brief of the chart', ['b']],
  ['Close what lies on top', ['Esc']],
];

/** Lists the keys (`?`). */
export function KeyboardSheet({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {KEYS.map(([what, keys]) => (
            <Table.Tr key={what}>
              <Table.Td>{what}</Table.Td>
              <Table.Td ta="end">
                {keys.map((key) => (
                  <Kbd key={key} ms={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
