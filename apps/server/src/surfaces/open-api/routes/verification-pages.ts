import { type InputOf, openApi } from '@signet/protocol/open-api';
import { toShanghai } from '../../../kernel/time.ts';
import type { CompanyField, Identity, PersonField } from '../../../modules/identity/index.ts';
import type { Users } from '../../../modules/users/index.ts';
import { type Route, serve } from '../serve.ts';
import { readLinkOptions } from './link-options.ts';

type PersonInput = InputOf<typeof openApi.getPersonPage>;
type CompanyInput = InputOf<typeof openApi.getCompanyPage>;
type Configured<Input, Part extends keyof Input> = NonNullable<Input[Part]>;

const PERSON_FIELDS = {
  psnName: 'name',
  psnIDCardType: 'idDocumentType',
  psnIDCardNum: 'idNumber',
  psnMobile: 'mobile',
  psnBankCardNo: 'bankCardNumber',
} as const satisfies Record<keyof Configured<PersonInput, 'psnAuthConfig'>, PersonField>;

const COMPANY_FIELDS = {
  corpName: 'name',
  corpIDCardType: 'idDocumentType',
  corpIDCardNum: 'idNumber',
  legalRepName: 'representativeName',
  legalRepIDCardType: 'representativeIdDocumentType',
  legalRepIDCardNum: 'representativeIdNumber',
} as const satisfies Record<keyof Configured<CompanyInput, 'corpAuthConfig'>, CompanyField>;

interface PageModules {
  readonly identity: Identity;
  readonly users: Pick<Users, 'requireUnverified'>;
}

/** Links to the pages of 个人实名认证 and 企业实名认证. */
export function verificationPageRoutes({ identity, users }: PageModules): Route[] {
  return [
    serve(openApi.getPersonPage, async ({ app, input }) => {
      const { accountId, businessCode } = input;
      if (accountId !== undefined) await users.requireUnverified(app.id, accountId);
      const prefilled = { person: rename(input.psnAuthConfig ?? {}, PERSON_FIELDS) };
      const person = toPersonStep(input.pageConfig);
      const wanted = { kind: 'person', prefilled, person, businessCode, accountId } as const;
      return toWireLink(await identity.openPage(app, { ...wanted, ...toLink(input.integrationConfig) }));
    }),
    serve(openApi.getCompanyPage, async ({ app, input }) => {
      const { businessCode, pageConfig = {} } = input;
      const prefilled = {
        person: rename(input.psnAuthConfig ?? {}, PERSON_FIELDS),
        company: rename(input.corpAuthConfig ?? {}, COMPANY_FIELDS),
      };
      const company = {
        editableFields: pageConfig.corpEditableFields?.map((field) => COMPANY_FIELDS[field]),
        modes: pageConfig.corpAvailableAuthModes,
        defaultMode: pageConfig.corpDefaultAuthMode,
      };
      const wanted = { prefilled, person: toPersonStep(pageConfig), company, businessCode };
      const link = toLink(input.integrationConfig);
      return toWireLink(await identity.openPage(app, { kind: 'organization', ...wanted, ...link }));
    }),
  ];
}

function toPersonStep(config: Configured<PersonInput, 'pageConfig'> = {}) {
  return {
    editableFields: config.psnEditableFields?.map((field) => PERSON_FIELDS[field]),
    modes: config.psnAvailableAuthModes,
    defaultMode: config.psnDefaultAuthMode,
  };
}

function toLink(config: PersonInput['integrationConfig']) {
  const { expiresAt, ...link } = readLinkOptions(config);
  return { ...link, expiresAt: expiresAt ?? undefined };
}

/** From the names of the wire to ours. */
function rename<Wire extends string, Ours extends string>(
  facts: Readonly<Partial<Record<Wire, string | undefined>>>,
  names: Readonly<Record<Wire, Ours>>,
): Partial<Record<Ours, string>> {
  const given = Object.entries<string | undefined>(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [[names[name as Wire], value]],
  );
  return Object.fromEntries(given) as Partial<Record<Ours, string>>;
}

function toWireLink(page: Awaited<ReturnType<Identity['openPage']>>) {
  const { url, verificationId: flowNo, pageId: serviceId, expiresAt } = page;
  return { url, flowNo, serviceId, expirationTime: toShanghai(expiresAt) };
}
