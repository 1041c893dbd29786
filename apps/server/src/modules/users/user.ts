export type UserKind = 'person' | 'organization';

/** 法定代表人; the id number is known only when it was certified. */
export interface LegalRepresentative {
  readonly name: string;
  readonly idDocumentType?: string;
  readonly idNumber?: string;
}

interface Account {
  readonly id: string;
  readonly appId: string;
  /** The caller's own id, unique per app. */
  readonly accountId: string;
  /** 通知手机号: where notices and codes go. */
  readonly phone: string;
  readonly createdAt: Date;
}

/** 已认证用户: a person or an organization whose identity is known; only such a user may sign. */
export interface User extends Account {
  readonly state: 'verified';
  readonly kind: UserKind;
  /** psnId / corpId: the same for all accounts of one id number in an app. */
  readonly subjectId: string;
  readonly name: string;
  readonly idDocumentType: string;
  readonly idNumber: string;
  readonly legalRepresentative?: LegalRepresentative;
  /** 经办人: the person who acts for the organization. */
  readonly agentUserId?: string;
  /** The flow that certified the user; absent when the app vouched itself. */
  readonly verificationId?: string;
  readonly defaultSealId: number;
  readonly certifiedAt: Date;
}

/** 未认证用户: an account without identity; may be named nowhere as a signer. */
export interface UnverifiedUser extends Account {
  readonly state: 'unverified';
  readonly kind: 'person';
  readonly name?: string;
}

/** What stands in place of a name when its person was forgotten. */
export const FORGOTTEN_NAME = '已注销用户';

export type AnyUser = User | UnverifiedUser;
