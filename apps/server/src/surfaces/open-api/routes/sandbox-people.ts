import { openApi } from '@signet/protocol/open-api';
import { toShanghai } from '../../../kernel/time.ts';
import type { RegistryDirectory, RegistryListing } from '../../../modules/identity/index.ts';
import type { Messaging } from '../../../modules/messaging/index.ts';
import { type Route, serve } from '../serve.ts';

const DEFAULT_PAGE_SIZE = 20;

export interface SandboxPeople {
  readonly messaging: Messaging;
  readonly registry: RegistryDirectory;
}

/** Test helpers: what an integrator's automated tests need to play the people. */
export function sandboxPeopleRoutes({ messaging, registry }: SandboxPeople): Route[] {
  return [
    serve(openApi.listSandboxMessages, async ({ app, input }) => {
      const { list, total } = await messaging.listSandboxMessages(app, { phone: input.phone, ...toPage(input) });
      return {
        list: list.map(({ at, state: smsStatus, parts: smsParts, ...message }) => ({
          ...{ ...message, smsStatus, smsParts },
          time: toShanghai(at),
        })),
        total,
      };
    }),
    serve(openApi.listSandboxRegistry, async ({ input }) => {
      const { list, total } = await registry.list({ keyword: input.keyword, ...toPage(input) });
      return { list: list.map(toWireListing), total };
    }),
  ];
}

function toPage(input: { pageNum?: number | undefined; pageSize?: number | undefined }) {
  return { pageNumber: input.pageNum ?? 1, pageSize: input.pageSize ?? DEFAULT_PAGE_SIZE };
}

function toWireListing(listing: RegistryListing) {
  if (listing.kind === 'person') {
    const { facts, mobile, bankCardNumber, verdicts } = listing;
    return {
      kind: listing.kind,
      facts: {
        ...{ psnName: facts.name, psnIDCardType: facts.idDocumentType, psnIDCardNum: facts.idNumber },
        ...(mobile !== undefined && { psnMobile: mobile }),
        ...(bankCardNumber !== undefined && { psnBankCardNo: bankCardNumber }),
      },
      behaviour: {
        'psnCert/2element': describe(verdicts.nameAndIdCheck),
        'psnCert/3element': describe(verdicts.carrierCheck),
        'psnCert/4element': describe(verdicts.bankCardCheck),
      },
    };
  }
  const { facts, verdicts } = listing;
  const { name, idDocumentType, idNumber } = facts.legalRepresentative;
  return {
    kind: listing.kind,
    facts: {
      ...{ corpName: facts.name, corpIDCardType: facts.idDocumentType, corpIDCardNum: facts.idNumber },
      legalRepName: name,
      ...(idDocumentType !== undefined && { legalRepIDCardType: idDocumentType }),
      ...(idNumber !== undefined && { legalRepIDCardNum: idNumber }),
    },
    behaviour: {
      'corpCert/3element': describe(verdicts.companyRecordCheck),
      'corpCert/4element': describe(verdicts.companyRepresentativeCheck),
    },
  };
}

function describe({ outcome, reason }: { outcome: string; reason: string }): string {
  return `${outcome}: ${reason}`;
}
