/** A platform with operators, an app that receives callbacks, and a browser in front of the console. */
import type { Role } from '@signet/protocol/console-api';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { type CallbackInbox, openCallbackInbox } from '../../apps/server/src/testing/callback-inbox.ts';
import { type ConsoleScene, type Member, startConsole } from '../console-api/console-client.ts';
import { type Cast, createCast } from '../signing-page/scene.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';

/** Shorter than a test's, so that it is said what was waited for. */
const ACTION_TIMEOUT_MS = 10_000;

export interface ConsolePages {
  readonly operators: ConsoleScene;
  readonly inbox: CallbackInbox;
  readonly cast: Cast;
  /** A page of the console as somebody of that role sees it. */
  visit(role: Role, path: string, options?: Partial<PageOptions>): Promise<OpenPage>;
  /** A page at an address, where nobody is logged in. */
  arrive(url: string, options?: Partial<PageOptions>): Promise<OpenPage>;
}

/** Pages are closed after the test, which fails if the browser complained about anything but refusals that were expected. */
export function useConsolePages(): ConsolePages {
  const pages = {} as ConsolePages;
  let browser: Browser;
  let opened: OpenPage[] = [];

  const arrive = async (url: string, options: Partial<PageOptions> = {}, token?: string): Promise<OpenPage> => {
    const page = await openPage(browser, { screen: 'desktop', ...options });
    opened.push(page);
    page.page.setDefaultTimeout(ACTION_TIMEOUT_MS);
    const cookie = { name: 'signet_console', value: token ?? '', url: new URL(url).origin };
    if (token) await page.context.addCookies([{ ...cookie, httpOnly: true, sameSite: 'Strict' }]);
    await page.page.goto(url);
    return page;
  };

  beforeAll(async () => {
    const inbox = await openCallbackInbox();
    const callbackTypes = ['OPEN_CONTRACT_SIGNED', 'OPEN_CONTRACT_STATUS_CHANGED'];
    const app = { name: '门店签约', callbackUrl: inbox.url, callbackTypes };
    const operators = await startConsole({ clock: systemClock, app });
    const cast = await createCast(operators.platform, operators.platform.app);
    browser = await startBrowser();
    const members = new Map<Role, Promise<Member>>();
    const visit = async (role: Role, path: string, options: Partial<PageOptions> = {}) => {
      const member = members.get(role) ?? operators.member(role);
      members.set(role, member);
      const { name, password } = await member;
      const own = operators.browser();
      await own.done('/login', { name, password });
      return arrive(`${operators.platform.url}/console${path}`, options, own.token);
    };
    Object.assign(pages, { operators, inbox, cast, visit, arrive });
  });
  afterEach(async () => {
    const closing = opened;
    opened = [];
    await Promise.all(closing.map(({ context }) => context.close()));
    expect(closing.flatMap(({ complaints }) => complaints.filter(isUnexpected))).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await pages.operators.platform.close();
    await pages.inbox.close();
  });
  return pages;
}

/** Every answer above 400 is written to the browser's console, also those that the page has words for. */
function isUnexpected(complaint: string): boolean {
  return !/the server responded with a status of 4(00|01|03|04|09|22|29)/.test(complaint);
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
export const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
/** Options are drawn at the end of the page, wherever the field stands. */
export const choose = async (field: Locator, option: string) => {
  await field.click();
  await field.page().getByTitle(option, { exact: true }).click();
};
