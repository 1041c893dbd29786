import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { object, oneOf, opt, text } from './wire-types.ts';

/** 10 MB as Base64, with room for a data URL's head. */
const MAX_BASE64 = 14_000_000;

const picture = {
  imageBase64: opt(text({ max: MAX_BASE64 })),
  imageUrl: opt(text({ max: 2048 })),
};

const maybe = () => z.string().nullable();

export const recognitionEndpoints = {
  recognizeIdCard: endpoint({
    title: '身份证OCR',
    chapter: '开放接口',
    methods: ['POST'],
    path: '/open/api/ocr/idCard',
    input: object({ ...picture, cardSide: oneOf(['front', 'back']) }),
    result: z.object({
      name: maybe(),
      sex: maybe(),
      nation: maybe(),
      birth: maybe(),
      address: maybe(),
      psnIdCardNum: maybe(),
      authority: maybe(),
      validDate: maybe(),
    }),
  }),
  recognizeBusinessLicense: endpoint({
    title: '营业执照OCR',
    chapter: '开放接口',
    methods: ['POST'],
    path: '/open/api/ocr/businessLicense',
    input: object(picture),
    result: z.object({
      corpName: z.string(),
      corpIDCardNum: z.string(),
      legalRepName: maybe(),
      corpType: maybe(),
      address: maybe(),
      registeredCapital: maybe(),
      establishDate: maybe(),
      businessTerm: maybe(),
      businessScope: maybe(),
    }),
  }),
  recognizeBankCard: endpoint({
    title: '银行卡OCR',
    chapter: '开放接口',
    methods: ['POST'],
    path: '/open/api/ocr/bankCard',
    input: object(picture),
    result: z.object({ bankCardNo: z.string(), bankName: maybe(), cardType: maybe(), validDate: maybe() }),
  }),
};
