/** A browser's worth of the console: keeps the cookie, sends what a page of ours would send. */
import { createHmac } from 'node:crypto';
import type { ConsoleSession, NewOperator, Role } from '@signet/protocol/console-api';
import { expect } from 'vitest';
import { ManualClock } from '../../apps/server/src/kernel/testing/manual-clock.ts';
import {
  startTestPlatform,
  type TestPlatform,
  type TestPlatformOptions,
} from '../../apps/server/src/testing/test-platform.ts';

export const OWNER = { name: 'olivia', password: 'correct horse battery' };
/** Milliseconds instead of a third of a second. */
const CHEAP = { logN: 10, r: 8, p: 1 };
const NEW_PASSWORD = 'a fairly long sentence';

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body & { readonly error?: string; readonly msg?: string; readonly retryAfterSeconds?: number };
}

let addresses = 0;

export class ConsoleBrowser {
  token: string | undefined;
  /** Each browser has an address of its own, since guessing is limited by address. */
  readonly ip: string = `198.51.${Math.floor(addresses / 250)}.${(addresses++ % 250) + 1}`;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get<Body>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer<Body>> {
    const search = new URLSearchParams(query).toString();
    return this.send<Body>('GET', search ? `${path}?${search}` : path, {});
  }

  post<Body>(path: string, body: unknown = {}): Promise<Answer<Body>> {
    const headers = { 'X-Signet-Console': '1', 'Content-Type': 'application/json', Origin: this.url };
    return this.send<Body>('POST', path, headers, JSON.stringify(body));
  }

  async send<Body>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}/console-api${path}`, {
      method,
      headers: {
        'X-Forwarded-For': this.ip,
        ...(this.token === undefined ? {} : { Cookie: `signet_console=${this.token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie())
      this.token = /^signet_console=([^;]*)/.exec(cookie)?.[1] || undefined;
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) as Answer<Body>['body'] };
  }

  /** A post that must succeed. */
  async done<Body>(path: string, body: unknown = {}): Promise<Body> {
    const answer = await this.post<Body>(path, body);
    expect([answer.status, answer.body.error]).toEqual([200, undefined]);
    return answer.body;
  }

  logIn(name: string, password: string, totp?: string): Promise<Answer<ConsoleSession>> {
    return this.post<ConsoleSession>('/login', { name, password, ...(totp === undefined ? {} : { totp }) });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export interface ConsoleScene {
  readonly platform: TestPlatform;
  readonly clock: ManualClock;
  /** Nobody is logged in there. */
  browser(): ConsoleBrowser;
  /** The code of a setup link. */
  setupCode(): Promise<string>;
  /** A browser where the owner is logged in. */
  readonly owner: ConsoleBrowser;
  /** A new account and a browser where it is logged in. */
  member(role: Role, name?: string): Promise<Member>;
}

export interface Member {
  readonly browser: ConsoleBrowser;
  readonly accountId: string;
  readonly name: string;
  readonly password: string;
}

/** A platform with a clock that stands still, and its owner at work. */
export async function startConsole(options: TestPlatformOptions = {}): Promise<ConsoleScene> {
  const clock = new ManualClock(new Date('2026-11-24T08:00:00+08:00'));
  const environment = { SIGNET_TRUSTED_PROXIES: 'loopback', ...options.environment };
  const platform = await startTestPlatform({ clock, passwordCost: CHEAP, ...options, environment });
  const browser = () => new ConsoleBrowser(platform.url);
  const setupCode = async () => ((await platform.modules.operators.setupLink()) ?? '').split('#code=')[1] ?? '';
  const owner = browser();
  await owner.done('/setup', { setupCode: await setupCode(), ...OWNER });

  let members = 0;
  return {
    ...{ platform, clock, browser, setupCode, owner },
    async member(role, name = `${role}-${++members}`) {
      // The clock may have ended the owner's session.
      await owner.done('/login', OWNER);
      const made = await owner.done<NewOperator>('/operators', { name, role });
      const own = browser();
      await own.done('/login', { name, password: made.temporaryPassword });
      const change = { oldPassword: made.temporaryPassword, newPassword: NEW_PASSWORD };
      await own.done('/account/password', change);
      return { browser: own, accountId: made.operator.accountId, name, password: NEW_PASSWORD };
    },
  };
}

/** RFC 6238, made independently of the server's library. */
export function totpAt(secretBase32: string, at: Date, stepsLater = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000) + stepsLater));
  const mac = createHmac('sha1', fromBase32(secretBase32)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
