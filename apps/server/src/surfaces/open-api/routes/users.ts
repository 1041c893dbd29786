import { badParameter } from '@signet/protocol/errors';
import { openApi } from '@signet/protocol/open-api';
import { maskIdNumber, maskPhone } from '../../../kernel/mask.ts';
import { toShanghai } from '../../../kernel/time.ts';
import type { App } from '../../../modules/apps/index.ts';
import {
  type AnyUser,
  type CreatedUser,
  type FactName,
  InvalidFacts,
  type User,
  type UserDetails,
  type Users,
} from '../../../modules/users/index.ts';
import { type Route, serve } from '../serve.ts';

type WireNames = Readonly<Partial<Record<FactName, string>>>;

const PERSON_FIELDS: WireNames = { name: 'psnName', idDocumentType: 'psnIDCardType', idNumber: 'psnIDCardNum' };
const COMPANY_FIELDS: WireNames = {
  name: 'corpName',
  idDocumentType: 'corpIDCardType',
  idNumber: 'corpIDCardNum',
  representativeName: 'legalRepName',
  representativeIdDocumentType: 'legalRepIDCardType',
  representativeIdNumber: 'legalRepIDCardNum',
};

export function userRoutes({ users }: { readonly users: Users }): Route[] {
  return [
    serve(openApi.createPerson, async ({ app, input }) => {
      const { accountId, informPhone: phone, flowNo: verificationId } = input;
      const facts = { name: input.psnName, idDocumentType: input.psnIDCardType, idNumber: input.psnIDCardNum };
      const creation = users.createPerson(app, { accountId, phone, verificationId, facts });
      return toWireCreated(await naming(PERSON_FIELDS, creation));
    }),
    serve(openApi.modifyPerson, async ({ app, input }) => {
      const { accountId, informPhone: phone, flowNo: verificationId } = input;
      await users.modifyPerson(app.id, { accountId, phone, verificationId });
      return { accountId };
    }),
    serve(openApi.getPerson, async ({ app, input }) =>
      toWirePerson(await users.getPerson(app.id, { accountId: input.accountId, idNumber: input.psnIDCardNum }), app),
    ),
    serve(openApi.createCompany, async ({ app, input }) => {
      const { accountId, informPhone: phone, flowNo: verificationId, agentAccountId } = input;
      const facts = toCompanyFacts(input);
      const creation = users.createOrganization(app, { accountId, phone, verificationId, agentAccountId, facts });
      return toWireCreated(await naming(COMPANY_FIELDS, creation));
    }),
    serve(openApi.getCompany, async ({ app, input }) =>
      toWireCompany(
        await users.getOrganization(app.id, { accountId: input.accountId, idNumber: input.corpIDCardNum }),
        app,
      ),
    ),
    serve(openApi.createUnverifiedPerson, async ({ app, input }) => {
      const { accountId, informPhone: phone, psnName: name } = input;
      await users.createUnverified(app.id, { accountId, phone, name });
      return { accountId };
    }),
  ];
}

/** Problems of facts under the names that the caller sent them by. */
async function naming<Result>(fields: WireNames, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof InvalidFacts)) throw error;
    const problems = Object.entries(error.problems) as [FactName, string][];
    throw badParameter(Object.fromEntries(problems.map(([fact, problem]) => [fields[fact] ?? fact, problem])));
  }
}

function toCompanyFacts(input: {
  readonly corpName?: string | undefined;
  readonly corpIDCardType?: string | undefined;
  readonly corpIDCardNum?: string | undefined;
  readonly legalRepName?: string | undefined;
  readonly legalRepIDCardType?: string | undefined;
  readonly legalRepIDCardNum?: string | undefined;
}) {
  return {
    name: input.corpName,
    idDocumentType: input.corpIDCardType,
    idNumber: input.corpIDCardNum,
    representativeName: input.legalRepName,
    representativeIdDocumentType: input.legalRepIDCardType,
    representativeIdNumber: input.legalRepIDCardNum,
  };
}

function toWireCreated({ user, sealNotice }: CreatedUser) {
  const created = { sealId: String(user.defaultSealId), accountId: user.accountId };
  return sealNotice === undefined ? created : { ...created, sealNotice };
}

function toWirePerson(user: AnyUser, { plainIdentity }: App) {
  const verified: Partial<User> = user.state === 'verified' ? user : {};
  const { idNumber, certifiedAt, defaultSealId } = verified;
  return {
    accountId: user.accountId,
    psnId: verified.subjectId ?? null,
    psnName: user.name ?? null,
    psnIDCardType: verified.idDocumentType ?? null,
    psnIDCardNum: (plainIdentity ? idNumber : idNumber && maskIdNumber(idNumber)) ?? null,
    informPhone: plainIdentity ? user.phone : maskPhone(user.phone),
    flowNo: verified.verificationId ?? null,
    createTime: toShanghai(user.createdAt),
    certifiedTime: certifiedAt ? toShanghai(certifiedAt) : null,
    psnFaceUrl: null,
    sealId: defaultSealId === undefined ? null : String(defaultSealId),
  };
}

/** A company's own number stands in a public register, so only the phone is masked. */
function toWireCompany({ user, agentAccountId }: UserDetails<User>, { plainIdentity }: App) {
  return {
    accountId: user.accountId,
    corpId: user.subjectId,
    corpName: user.name,
    corpIDCardType: user.idDocumentType,
    corpIDCardNum: user.idNumber,
    legalRepName: user.legalRepresentative?.name ?? '',
    informPhone: plainIdentity ? user.phone : maskPhone(user.phone),
    flowNo: user.verificationId ?? null,
    sealId: String(user.defaultSealId),
    agentAccountId: agentAccountId ?? null,
    createTime: toShanghai(user.createdAt),
    certifiedTime: toShanghai(user.certifiedAt),
  };
}
