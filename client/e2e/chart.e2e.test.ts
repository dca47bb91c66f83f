import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser, watch } from './browser.ts';
import { startProduct } from './product.ts';
import type { RunningProduct } from './product.ts';

let product: RunningProduct;
let browser: Browser;
let patient: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(2), startBrowser()]);
  const response = await fetch(`${product.address}/api/v1/patients`);
  const { patients } = (await response.json()) as { patients: { id: string }[] };
  patient = patients[0]!.id;
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function onPage(options: BrowserContextOptions, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const seen = watch(page, product.address);
  try {
    await act(page);
    expect(seen).toEqual({ errors: [], strangers: [] });
  } finally {
    await context.close();
  }
}

const question = (page: Page) => page.getByLabel('Question about this patient');
const cited = (page: Page) => page.locator('[data-cited]');

describe('reading a chart and asking it', () => {
  it('goes from the list to a citation that flashes at the exact words, and survives reload and Back', async () => {
    await onPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${product.address}/`);
      const name = page.getByRole('table').getByRole('link').first();
      const shown = await name.textContent();
      await name.click();
      await page.getByRole('heading', { name: 'Problems' }).waitFor();
      expect(await page.getByRole('region', { name: 'Patient' }).locator('strong').textContent()).toBe(shown);
      await page.locator('[data-note-text] [data-entity]').first().waitFor();

      await page.getByRole('link', { name: 'Chat' }).click();
      await page.keyboard.press('/');
      await question(page).fill('what medications is the patient taking?');
      await page.keyboard.press('Enter');
      const chip = page
        .getByRole('article')
        .getByRole('button', { name: /^Source/ })
        .first();
      await chip.waitFor();
      const quote = /“(.*)”$/s.exec((await chip.getAttribute('aria-label')) ?? '')?.[1] ?? '';
      await page.getByRole('button', { name: 'Basis' }).waitFor();
      const before = page.url();
      await chip.click();
      await cited(page).first().waitFor();
      expect((await cited(page).allTextContents()).join('')).toBe(quote);
      expect(await cited(page).first().getAttribute('data-flash')).not.toBeNull();
      expect(await cited(page).first().isVisible()).toBe(true);

      await page.reload();
      await cited(page).first().waitFor();
      expect((await cited(page).allTextContents()).join('')).toBe(quote);
      await page.getByRole('article').first().waitFor();
      await page.goBack();
      await page.waitForURL(before);
      await page.keyboard.press(']');
      await page.waitForURL(/span=/);
    });
  });

  it('does not move what is cited where motion is unwelcome', async () => {
    await onPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' }, async (page) => {
      await page.goto(`${product.address}/patients/${patient}/chart`);
      await page.getByRole('button', { name: /\w/ }).first().waitFor();
      await page.locator('section[aria-label="Problems"] button.link').first().click();
      await cited(page).first().waitFor();
      const animation = await cited(page)
        .first()
        .evaluate((element) => getComputedStyle(element).animationName);
      expect(animation).toBe('none');
    });
  });

  it('abstains on what the chart does not say, and tells what was searched', async () => {
    await onPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${product.address}/patients/${patient}/chat`);
      await question(page).fill('does the patient have systemic sclerosis?');
      await page.keyboard.press('Enter');
      await page.getByRole('article').getByText('Not documented').waitFor();
      await page
        .getByRole('article')
        .getByText(/Searched \d+ notes/)
        .waitFor();
    });
  });

  it('switches to the evidence on a narrow screen when a citation is pressed', async () => {
    await onPage({ viewport: { width: 390, height: 800 } }, async (page) => {
      await page.goto(`${product.address}/patients/${patient}/chart`);
      await page.locator('section[aria-label="Problems"] button.link').first().click();
      await cited(page).first().waitFor();
      expect(await page.getByRole('region', { name: 'Note text' }).isVisible()).toBe(true);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });

  it('takes a note and shows it read', async () => {
    await onPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${product.address}/patients`);
      await page.getByRole('button', { name: 'Add patient' }).click();
      await page.getByLabel('Name', { exact: false }).last().fill('Eve Invented');
      await page.getByRole('dialog').getByRole('button', { name: 'Add patient' }).click();
      await page.getByText('No notes yet').waitFor();
      await page.getByRole('button', { name: 'Add a note' }).click();
      await page.getByLabel('Date of the note').fill('2022-03-12');
      await page.keyboard.press('Tab');
      await page
        .getByLabel('Text', { exact: true })
        .fill('Denies chest pain.\nStarted lisinopril 10 mg daily for hypertension.');
      await page.getByRole('dialog').getByRole('button', { name: 'Add note' }).click();
      await page.locator('[data-note-text]').getByText('lisinopril').waitFor();
      expect(await page.locator('[data-note-text]').textContent()).toBe(
        'Denies chest pain.\nStarted lisinopril 10 mg daily for hypertension.',
      );
      await page.locator('[data-entity][data-forms~="denied"]').first().waitFor();
    });
  });
});

const VIEWS = [
  '/patients',
  '/cohort?q=bleeding',
  '/about',
  '/patients/ID/chart',
  '/patients/ID/chart/timeline',
  '/patients/ID/chart/notes',
  '/patients/ID/chart/conflicts',
  '/patients/ID/chart/brief',
  '/patients/ID/chart?view=evidence',
  '/patients/ID/chat',
  '/patients/ID/pharmacogenomics',
  '/nowhere',
];
const SIZES = [
  [1280, 800],
  [390, 800],
] as const;

describe.each(['light', 'dark'] as const)('every view, %s', (colorScheme) => {
  it.each(SIZES)('has no axe violation and does not overflow at %i px', async (width, height) => {
    await onPage({ viewport: { width, height }, colorScheme }, async (page) => {
      const found: string[] = [];
      for (const view of VIEWS) {
        await page.goto(product.address + view.replace('ID', patient));
        await page.waitForLoadState('networkidle').catch(() => undefined);
        await page.locator('[aria-label="Loading"]').first().waitFor({ state: 'detached' });
        const { violations } = await new AxeBuilder({ page }).analyze();
        found.push(...violations.map(({ id, nodes }) => `${view}: ${id} at ${nodes[0]?.target.join(' ')}`));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 0) found.push(`${view}: wider than the screen by ${overflow} px`);
      }
      expect(found).toEqual([]);
    });
  });
});
