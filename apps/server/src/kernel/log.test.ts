import { DrizzleQueryError } from 'drizzle-orm/errors';
import { describe, expect, it } from 'vitest';
import { createLogger, type LogFields, type Logger } from './log.ts';

const RESIDENT_ID = '110101199003078857';

function recorder(): { log: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  const written: string[] = [];
  const log = createLogger({ logLevel: 'debug', destination: { write: (line: string) => void written.push(line) } });
  return {
    log,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(''),
  };
}

describe('log', () => {
  it('writes the allowed fields', () => {
    const { log, lines } = recorder();

    log
      .with({ logKey: '56faf695' })
      .info('request served', { method: 'GET', route: '/open/psnGet', status: 200, ms: 1.5 });

    expect(lines()[0]).toMatchObject({
      msg: 'request served',
      logKey: '56faf695',
      method: 'GET',
      route: '/open/psnGet',
      status: 200,
      ms: 1.5,
    });
  });

  it('drops every field outside the allow-list', () => {
    const { log, text } = recorder();

    log.info('request served', {
      route: '/open/psnGet',
      psnIDCardNum: RESIDENT_ID,
      url: `/x?id=${RESIDENT_ID}`,
    } as LogFields);

    expect(text()).not.toContain(RESIDENT_ID);
  });

  it('drops objects under an allowed name', () => {
    const { log, text } = recorder();

    log.info('request served', { code: { id: RESIDENT_ID } as unknown as string });

    expect(text()).not.toContain(RESIDENT_ID);
  });

  it('never writes the parameters of a failed query', () => {
    const { log, text } = recorder();
    const cause = Object.assign(new Error(`invalid input syntax for type integer: "${RESIDENT_ID}"`), {
      code: '22P02',
      severity: 'ERROR',
      detail: `Key (resident_id)=(${RESIDENT_ID}) already exists.`,
    });

    log.error('query failed', { err: new DrizzleQueryError('select $1', [RESIDENT_ID], cause) });

    expect(text()).not.toContain(RESIDENT_ID);
    expect(text()).toContain('22P02');
  });

  it('never writes a snippet of a body that is not JSON', () => {
    const { log, text } = recorder();

    log.error('body not read', { err: parseError(`{"id": ${RESIDENT_ID}x`) });

    expect(text()).not.toContain(RESIDENT_ID);
    expect(text()).toContain('SyntaxError');
  });

  it('is not fooled by a message that looks like a stack frame', () => {
    const { log, text } = recorder();

    log.error('failed', { err: new Error(`x\n    at ${RESIDENT_ID} (/a/b.ts:1:1)`) });

    expect(text()).not.toContain(RESIDENT_ID);
    expect(text()).toContain('log.test.ts');
  });

  it('keeps the message of a system error, which names the file at fault', () => {
    const { log, text } = recorder();
    const err = Object.assign(new Error("EACCES: permission denied, open '/data/x'"), {
      code: 'EACCES',
      syscall: 'open',
    });

    log.error('failed', { err });

    expect(text()).toContain('/data/x');
  });

  it('keeps the allowed part of an error context', () => {
    const { log, lines } = recorder();

    log.error('refused', { err: Object.assign(new Error('no'), { context: { contractId: '1', name: '张三' } }) });

    expect(lines()[0]).toMatchObject({ err: { context: { contractId: '1' } } });
  });
});

function parseError(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
