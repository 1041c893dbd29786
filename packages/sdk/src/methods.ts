import type { EndpointName } from '@signet/protocol/open-api';

const methods = {
  /** 实名认证: flows and their checks, of persons and companies. */
  verification: {
    checkPersonNameAndId: 'checkPersonNameAndId',
    checkPersonCarrier: 'checkPersonCarrier',
    checkPersonBankCard: 'checkPersonBankCard',
    openFace: 'openPersonFace',
    getFaceResult: 'getPersonFaceResult',
    getPersonPage: 'getPersonPage',
    sendSmsCode: 'sendPersonSmsCode',
    verifySmsCode: 'verifyPersonSmsCode',
    checkCompanyRecord: 'checkCompanyRecord',
    checkCompanyRepresentative: 'checkCompanyRepresentative',
    startPayout: 'startCompanyPayout',
    verifyPayout: 'verifyCompanyPayout',
    getPayout: 'getCompanyPayout',
    listBanks: 'listBanks',
    uploadAuthorization: 'uploadAuthorization',
    getAuthorization: 'getAuthorization',
    getCompanyPage: 'getCompanyPage',
    get: 'getVerification',
  },
  /** 个人用户. */
  persons: {
    create: 'createPerson',
    modify: 'modifyPerson',
    get: 'getPerson',
    createUnverified: 'createUnverifiedPerson',
  },
  /** 企业用户. */
  companies: { create: 'createCompany', get: 'getCompany' },
  /** 文件. */
  files: { upload: 'uploadFile', verify: 'verifyFile' },
  /** 印章. */
  seals: { get: 'getSeal', list: 'listSeals', getGrantUrl: 'getSealGrantUrl', cancelGrant: 'cancelSealGrant' },
  /** 合同. */
  contracts: {
    start: 'startContract',
    get: 'getContract',
    list: 'listContracts',
    getParty: 'getContractParty',
    getSignUrl: 'getSignUrl',
    signSilently: 'signSilently',
    revoke: 'revokeContract',
    download: 'downloadContract',
  },
  /** 回调. A receiver checks what it gets with `verifyCallback`. */
  callbacks: { get: 'getCallback', confirm: 'confirmCallback' },
  /** 短信: codes and notices for purposes of the app's own. */
  sms: { sendCode: 'sendSmsCode', verifyCode: 'verifySmsCode', sendNotice: 'sendSmsNotice' },
  /** 证件识别. */
  recognition: {
    readIdCard: 'recognizeIdCard',
    readBusinessLicense: 'recognizeBusinessLicense',
    readBankCard: 'recognizeBankCard',
  },
  /** 沙箱: play the people in automated tests; answers 404 in production. */
  sandbox: {
    messages: 'listSandboxMessages',
    grantSeal: 'grantSandboxSeal',
    sign: 'signInSandbox',
    refuse: 'refuseInSandbox',
    complete: 'completeInSandbox',
    registry: 'listSandboxRegistry',
  },
} as const satisfies Record<string, Record<string, EndpointName>>;

type Groups = typeof methods;
type Placed = { [G in keyof Groups]: Groups[G][keyof Groups[G]] }[keyof Groups];
type Unplaced = Exclude<EndpointName, Placed>;
/** An endpoint of the catalogue without a method fails to compile on the next line, and is named there. */
type Complete = [Unplaced] extends [never] ? Groups : `no SDK method for ${Unplaced}`;

/** Where each endpoint of the catalogue stands in the client: group → method → endpoint. */
export const SDK_METHODS: Complete = methods;

export type SdkMethods = typeof methods;

/** The endpoints whose method takes bytes too: those that the catalogue marks `multipart`. */
export const FILE_ENDPOINTS = [
  'uploadAuthorization',
  'uploadFile',
  'verifyFile',
] as const satisfies readonly EndpointName[];

export type FileEndpoint = (typeof FILE_ENDPOINTS)[number];
