import { openApi } from '@signet/protocol/open-api';
import { toShanghai } from '../../../kernel/time.ts';
import type { App } from '../../../modules/apps/index.ts';
import type {
  GrantCeremony,
  GrantDetails,
  SealDetails,
  SealKind,
  SealStatus,
  Seals,
} from '../../../modules/seals/index.ts';
import type { Users } from '../../../modules/users/index.ts';
import { type Route, serve } from '../serve.ts';
import { readPeriod } from './grant-period.ts';
import { readLinkOptions } from './link-options.ts';

const DEFAULT_PAGE_SIZE = 20;

const WIRE_STATUS: Readonly<Record<SealStatus, number>> = {
  ...{ enabled: 1, disabled: 2, 'under-review': 3, refused: 4, revoked: 5 },
};
const WIRE_STYLE: Readonly<Record<SealKind, number>> = {
  ...{ official: 1, contract: 2, representative: 3, name: 4, handwritten: 5 },
};
const WIRE_KIND: Readonly<Record<SealKind, 'personal' | 'company'>> = {
  ...{ official: 'company', contract: 'company', representative: 'company', name: 'personal', handwritten: 'personal' },
};

export interface SealRouteModules {
  readonly seals: Seals;
  readonly grantCeremony: Pick<GrantCeremony, 'request'>;
  readonly users: Users;
  /** Base of every link that we hand out. */
  readonly publicUrl: string;
}

export function sealRoutes({ seals, grantCeremony, users, publicUrl }: SealRouteModules): Route[] {
  const toWireSeal = ({ seal, grants }: SealDetails, app: App) => ({
    sealId: seal.id,
    sealName: seal.name,
    status: WIRE_STATUS[seal.status],
    style: WIRE_STYLE[seal.kind],
    autosignAuthorizeList: grants.map((grant) => toWireGrant(grant, app)),
    kind: WIRE_KIND[seal.kind],
    imageUrl: new URL(seals.imagePathOf(seal.id), publicUrl).href,
  });

  return [
    serve(openApi.getSeal, async ({ app, input }) =>
      toWireSeal(await seals.getDetails(app.id, Number(input.sealId)), app),
    ),
    serve(openApi.listSeals, async ({ app, input }) => {
      const owner = await users.getByAccount(app.id, input.accountId);
      const page = { number: input.pageNum ?? 1, size: input.pageSize ?? DEFAULT_PAGE_SIZE };
      const { list, total } = await seals.list(app.id, owner.id, page);
      return { list: list.map((details) => toWireSeal(details, app)), total };
    }),
    serve(openApi.getSealGrantUrl, async ({ app, input }) => {
      const { accountId, sealId, businessCode = null } = input;
      const period = readPeriod(input);
      const owner = await users.getByAccount(app.id, accountId);
      const asked = {
        ownerId: owner.id,
        sealId: Number(sealId),
        ...period,
        businessCode,
        link: readLinkOptions(input),
      };
      const { grant, link } = await grantCeremony.request(app, asked);
      return { url: link.url, expirationTime: toShanghai(link.expiresAt), authorizeCode: grant.authorizeCode };
    }),
    serve(openApi.cancelSealGrant, async ({ app, input }) => {
      const { state } = await seals.cancelGrant(app.id, input.authorizeCode);
      return { authorizeStatus: state };
    }),
  ];
}

function toWireGrant(grant: GrantDetails, app: App) {
  return {
    appKey: app.appKey,
    authorizeCode: grant.authorizeCode,
    authorizeTime: grant.authorizedAt ? toShanghai(grant.authorizedAt) : null,
    beginTime: toShanghai(grant.beginAt),
    endTime: toShanghai(grant.endAt),
    authorizeStatus: grant.status,
  };
}
