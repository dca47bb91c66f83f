import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { chartSocket } from '../api/socket.ts';
import { setAccessToken } from '../api/token.ts';
import { forgetAll } from '../api/use-resource.ts';
import { Notice } from './notice.tsx';

/** Asks for the access token of a server that is open to more than this machine. */
export function TokenPrompt() {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAccessToken(token.trim());
    chartSocket().disconnect().connect();
    forgetAll();
  };
  return (
    <Notice tone="look" title="An access token is needed" code="TOKEN_REQUIRED">
      <Text size="sm" mb="xs">
        This server asks for the token that its administrator set. It is kept in this tab only.
      </Text>
      <form onSubmit={submit}>
        <Group gap="xs" align="end">
          <PasswordInput
            label="Access token"
            size="xs"
            w={260}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            autoComplete="off"
          />
          <Button type="submit" disabled={token.trim() === ''}>
            Continue
          </Button>
        </Group>
      </form>
    </Notice>
  );
}
