import { ApiError, errorFrom, unreachable } from './error.ts';
import { accessToken } from './token.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with its type. */
  readonly raw?: { readonly body: Blob | string; readonly type: string };
  readonly signal?: AbortSignal;
}

function bodyOf(options: RequestOptions): Pick<RequestInit, 'body'> & { headers: Record<string, string> } {
  const token = accessToken();
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  if (options.raw) return { headers: { ...headers, 'content-type': options.raw.type }, body: options.raw.body };
  if (options.json === undefined) return { headers };
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(options.json) };
}

async function parse(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Calls the server on the page's own origin. The reply has the shape that the contract gives the address; it is not checked
 * again here, since server and client are built from one contract.
 *
 * @throws ApiError with the server's code, or `SERVER_UNREACHABLE`; an abort is passed on.
 */
export async function request<Reply>(path: string, options: RequestOptions = {}): Promise<Reply> {
  const { signal } = options;
  const response = await fetch(path, {
    method: options.method ?? 'GET',
    ...bodyOf(options),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    throw signal?.aborted ? cause : unreachable();
  });
  const body = await parse(response);
  if (!response.ok) throw errorFrom(response.status, body);
  return body as Reply;
}

/** Whether an error asks for an access token. */
export function needsToken(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'TOKEN_REQUIRED';
}
