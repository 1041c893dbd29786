/** What the platform must read on a sample, field by field. */
import type { Recognition } from '../../apps/server/src/modules/recognition/index.ts';
import type { Facts } from './facts.ts';

export type FieldValues = Readonly<Record<string, string | undefined>>;

export function expectedFields(facts: Facts): FieldValues {
  if (facts.kind !== 'license') {
    const { kind: _, ...fields } = facts;
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value || undefined]));
  }
  const { name, creditCode, legalRepresentative, companyType, address, registeredCapital, establishedOn, term, scope } =
    facts;
  return {
    ...{ name, creditCode, legalRepresentative, companyType: wide(companyType), address, registeredCapital, scope },
    establishedOn: establishedOn.replace(/年|月/g, '-').replace('日', ''),
    term: facts.showsTerm ? term : undefined,
  };
}

function wide(text: string): string {
  return text.replaceAll('(', '（').replaceAll(')', '）');
}

export async function readFields(
  recognition: Recognition,
  kind: Facts['kind'],
  picture: Uint8Array,
): Promise<FieldValues> {
  const source = { imageBase64: Buffer.from(picture).toString('base64') };
  if (kind === 'id-front') return { ...(await recognition.readIdCardFront(source)) };
  if (kind === 'id-back') return { ...(await recognition.readIdCardBack(source)) };
  return kind === 'license'
    ? { ...(await recognition.readLicense(source)) }
    : { ...(await recognition.readBankCard(source)) };
}
