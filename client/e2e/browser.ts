import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

/** Chromium of the system, told to make no calls of its own. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Watch {
  /** Errors of the console and of scripts. */
  readonly errors: readonly string[];
  /** Requests to anywhere but the product. */
  readonly strangers: readonly string[];
}

/** Notes what must not happen on a page: errors on its console, and requests that leave the product's own address. */
export function watch(page: Page, address: string): Watch {
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && host !== new URL(address).host) strangers.push(request.url());
  });
  return { errors, strangers };
}
