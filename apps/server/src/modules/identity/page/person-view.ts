/** What the person's part of a page shows; locked facts leave the platform masked. */
import { maskIdNumber, maskName, maskPhone } from '../../../kernel/mask.ts';
import type { PersonMode } from '../page-setup.ts';
import { smsMobile } from '../verification.ts';
import { FACT_TRIES, type PageScene, type PersonStep, personMode, personStep } from './progress.ts';

export const PERSON_FACTS = ['name', 'idNumber', 'mobile', 'bankCardNumber'] as const;
export type PersonFact = (typeof PERSON_FACTS)[number];

export interface FieldView<Name extends string> {
  readonly name: Name;
  /** Masked when locked. */
  readonly value: string;
  readonly locked: boolean;
}

export interface PersonView {
  readonly step: PersonStep;
  readonly modes: readonly PersonMode[];
  readonly mode: PersonMode;
  readonly fields: readonly FieldView<PersonFact>[];
  readonly triesLeft: number;
  /** Masked. */
  readonly phone: string | null;
  readonly faceUrl: string | null;
}

/** A fact that the app has fixed, or that the flow has begun with, is not for the request to say. */
export function lockedFact({ page, person }: PageScene, name: PersonFact): string | undefined {
  if (person && (name === 'name' || name === 'idNumber')) return person.verification.facts[name];
  return page.setup.person.editableFields.includes(name) ? undefined : page.prefilled?.person[name];
}

export function viewPerson(scene: PageScene, modes: readonly PersonMode[]): PersonView {
  const { page, progress, person } = scene;
  const step = personStep(scene);
  const wanted = personMode(scene);
  const phone = person && smsMobile(person);
  return {
    ...{ step, modes, mode: modes.includes(wanted) ? wanted : (modes[0] ?? wanted) },
    fields: PERSON_FACTS.map((name) => {
      const known = lockedFact(scene, name);
      if (known !== undefined) return { name, value: MASKS[name](known), locked: true };
      return { name, value: page.prefilled?.person[name] ?? '', locked: false };
    }),
    triesLeft: Math.max(0, FACT_TRIES - progress.personTries),
    phone: step === 'code' && phone !== undefined ? maskPhone(phone) : null,
    faceUrl: step === 'face' ? (progress.faceLinks?.faceUrl ?? null) : null,
  };
}

const MASKS: Readonly<Record<PersonFact, (value: string) => string>> = {
  ...{ name: maskName, idNumber: maskIdNumber, mobile: maskPhone, bankCardNumber: maskIdNumber },
};
