/** Everybody whom the sandbox documents, asked about in every check, by raw signed HTTP and through the SDK. */
import { createSignetClient } from '@signet/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { rawCall } from '../wire/raw-client.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.close());

type Facts = Readonly<Record<string, string>>;
interface Listed {
  readonly kind: 'person' | 'company';
  readonly facts: Facts;
  readonly behaviour: Facts;
}

const clientOf = () => createSignetClient({ baseUrl: platform.url, ...platform.app });

/** Facts that a check wants and that nobody has, since no carrier or bank knows this person. */
const OF_NOBODY = { psnMobile: '13900000000', psnBankCardNo: '6222020200000000014' };

const ASKED_BY_SDK: Readonly<Record<string, (input: never) => Promise<{ verifyStatus: string }>>> = {
  'psnCert/2element': (input) => clientOf().verification.checkPersonNameAndId(input),
  'psnCert/3element': (input) => clientOf().verification.checkPersonCarrier(input),
  'psnCert/4element': (input) => clientOf().verification.checkPersonBankCard(input),
  'corpCert/3element': (input) => clientOf().verification.checkCompanyRecord(input),
  'corpCert/4element': (input) => clientOf().verification.checkCompanyRepresentative(input),
};

/** What a documented behaviour comes to: an outcome, or the code of a source that is down. */
const expectedOf = (behaviour: string): string =>
  behaviour.startsWith('unavailable') ? 'oc_10517' : (behaviour.split(':')[0] ?? '');

async function askRaw(check: string, json: Facts): Promise<string> {
  const { body } = await rawCall({ ...platform.app, url: platform.url }, { path: `/open/${check}`, json });
  return body.success ? String((body.result as { verifyStatus: string }).verifyStatus) : body.code;
}

async function askSdk(check: string, input: Facts): Promise<string> {
  const asked = ASKED_BY_SDK[check]?.(input as never).then(({ verifyStatus }) => verifyStatus);
  return (await asked?.catch(({ code }: { code: string }) => code)) ?? '';
}

describe('everybody in the sandbox registry', { timeout: 60_000 }, () => {
  it.each(['person', 'company'] as const)('answers each check as documented: %s', async (kind) => {
    const { list, total } = await clientOf().sandbox.registry({ pageSize: 100 });
    const wanted = (list as Listed[]).filter((entry) => entry.kind === kind);
    const asked = await Promise.all(
      wanted.flatMap(({ facts, behaviour }) =>
        Object.entries(behaviour).map(async ([check, says]) => {
          const input = { ...(kind === 'person' && OF_NOBODY), ...facts };
          const who = `${facts.psnName ?? facts.corpName} ${check}`;
          return {
            expected: [who, expectedOf(says)],
            answers: [await askRaw(check, input), await askSdk(check, input)],
          };
        }),
      ),
    );

    expect(list).toHaveLength(total);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.map(({ expected: [who], answers }) => [who, ...answers])).toEqual(
      asked.map(({ expected: [who, outcome] }) => [who, outcome, outcome]),
    );
    expect(new Set(asked.map(({ expected }) => expected[1]))).toEqual(new Set(['passed', 'un_passed', 'oc_10517']));
  });
});
