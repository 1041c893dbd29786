/** A real Chromium for the tests of the pages: phone and desktop, with what must hold on every page. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..', '..');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Pictures of every state, for people to look at; not compared by a machine. */
export const SCREENSHOTS = join(ROOT, '.cache', 'screenshots');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SCREENS = {
  phone: { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false },
} as const;

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-sync',
];

export interface PageOptions {
  readonly screen: keyof typeof SCREENS;
  readonly dark?: boolean;
  readonly language?: 'zh-CN' | 'en-US';
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about so far: errors on the console, uncaught exceptions, refused requests. */
  readonly complaints: string[];
  /** Serious and critical findings of axe, as sentences. */
  findBarriers(): Promise<string[]>;
  /** Saved as `<name>.png` in {@link SCREENSHOTS}. */
  picture(name: string): Promise<void>;
}

/** @param more what a test wants besides, such as a camera. */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install -y chromium');
  return chromium.launch({
    executablePath,
    // As root there is no sandbox; the pages are our own. Nothing may call home.
    args: [...SWITCHES, ...more],
  });
}

export async function openPage(
  browser: Browser,
  { screen, dark = false, language = 'zh-CN' }: PageOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({
    ...SCREENS[screen],
    colorScheme: dark ? 'dark' : 'light',
    locale: language,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    ...{ page, context, complaints },
    findBarriers: () => findBarriers(page),
    picture: async (name) => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
  };
}

async function findBarriers(page: Page): Promise<string[]> {
  // The page's own policy forbids foreign scripts; the debugger's evaluation is not bound by it.
  await page.evaluate(`${AXE}; undefined`);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
