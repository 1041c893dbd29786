import { openApi } from '@signet/protocol/open-api';
import type { Recognition } from '../../../modules/recognition/index.ts';
import { type Route, serve } from '../serve.ts';

/** The two sides of a card have nothing in common: what the other one says is absent. */
const OTHER_SIDE = {
  ...{ name: null, sex: null, nation: null, birth: null, address: null, psnIdCardNum: null },
  ...{ authority: null, validDate: null },
};

export function recognitionRoutes({ recognition }: { readonly recognition: Recognition }): Route[] {
  return [
    serve(openApi.recognizeIdCard, async ({ input }) => {
      if (input.cardSide === 'back') return { ...OTHER_SIDE, ...(await recognition.readIdCardBack(input)) };
      const { idNumber, nation = null, address = null, ...card } = await recognition.readIdCardFront(input);
      return { ...OTHER_SIDE, ...card, nation, address, psnIdCardNum: idNumber };
    }),
    serve(openApi.recognizeBusinessLicense, async ({ input }) => {
      const license = await recognition.readLicense(input);
      return {
        corpName: license.name,
        corpIDCardNum: license.creditCode,
        legalRepName: license.legalRepresentative ?? null,
        corpType: license.companyType ?? null,
        address: license.address ?? null,
        registeredCapital: license.registeredCapital ?? null,
        establishDate: license.establishedOn ?? null,
        businessTerm: license.term ?? null,
        businessScope: license.scope ?? null,
      };
    }),
    serve(openApi.recognizeBankCard, async ({ input }) => {
      const { cardNumber, bankName = null, cardType = null, validDate = null } = await recognition.readBankCard(input);
      return { bankCardNo: cardNumber, bankName, cardType, validDate };
    }),
  ];
}
