const KEY = 'anamnesis-access-token';

/** The access token that the user typed in this tab; never kept longer than the tab. */
export function accessToken(): string | null {
  return sessionStorage.getItem(KEY);
}

export function setAccessToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}
