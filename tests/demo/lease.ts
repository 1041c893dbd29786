/** Who signs the sample lease of `examples/`, and where: the centres of the seals on its last page, in points. */

export interface Individual {
  readonly role: string;
  readonly psnName: string;
  readonly psnIDCardNum: string;
  readonly psnMobile: string;
}

/** 法定代表人 of the landlord, who acts for it. */
export const REPRESENTATIVE: Individual = {
  role: '法定代表人',
  psnName: '沈岱青',
  psnIDCardNum: '330100197905125021',
  psnMobile: '19055500120',
};

export const TENANT: Individual = {
  role: '承租方（乙方）',
  psnName: '林知遥',
  psnIDCardNum: '330100199203155129',
  psnMobile: '19055500121',
};

export const GUARANTOR: Individual = {
  role: '同住人兼担保人（丙方）',
  psnName: '周予安',
  psnIDCardNum: '330100199008275045',
  psnMobile: '19055500122',
};

export const LANDLORD = {
  role: '出租方（甲方）',
  corpName: '杭州栖云住房租赁有限公司',
  corpIDCardType: 'CRED_ORG_USCC',
  corpIDCardNum: '91330100MA9QY0T6C9',
} as const;

const SIGNATURE_PAGE = 12;
const SEAL_X = 452;

/** `examples/make-lease-contract.ts` prints these. */
export const PLACES = {
  landlord: { positionPage: SIGNATURE_PAGE, positionX: SEAL_X, positionY: 643 },
  tenant: { positionPage: SIGNATURE_PAGE, positionX: SEAL_X, positionY: 447 },
  guarantor: { positionPage: SIGNATURE_PAGE, positionX: SEAL_X, positionY: 251 },
} as const;

/** 骑缝章 over the right edges of all pages: only its height counts. */
export const CROSS_PAGE = { positionPage: 0, positionX: 0, positionY: 420 } as const;
