import { createHash } from 'node:crypto';
import type { Tx } from '../../kernel/database.ts';
import type { DefaultSeals, DrawnSeal, KeptSeal, SealOwner, UserKind } from '../users/index.ts';
import type { SealArtwork } from './artwork/artwork.ts';
import { drawCompanySeal } from './artwork/company-seal.ts';
import { drawPersonSeal } from './artwork/person-seal.ts';
import type { SealKind } from './seal.ts';
import * as store from './store.ts';
import { toStoredArtwork } from './stored-artwork.ts';

interface SealForm {
  readonly name: string;
  readonly kind: SealKind;
  readonly draw: (name: string) => SealArtwork;
}

const FORMS: Readonly<Record<UserKind, SealForm>> = {
  person: { name: '姓名印章', kind: 'name', draw: drawPersonSeal },
  organization: { name: '企业公章', kind: 'official', draw: (name) => drawCompanySeal(name) },
};

const NOTICES: Readonly<Record<NonNullable<SealArtwork['fallback']>, string>> = {
  'wider-font': '名称中有常用印章字体缺少的字,默认印章已改用备用字体绘制',
  typed: '名称中有字体均缺少的字,默认印章中以该字的编码代替',
};

/** The seal that every verified user gets (默认印章): a name seal for persons, a round official seal for organizations. */
export function createDefaultSeals(): DefaultSeals {
  return {
    draw(owner: { readonly kind: UserKind; readonly name: string }): DrawnSeal {
      const form = FORMS[owner.kind];
      const artwork = form.draw(owner.name);
      return { notice: artwork.fallback && NOTICES[artwork.fallback], keep: (tx, by) => keep(tx, by, form, artwork) };
    },
  };
}

async function keep(tx: Tx, owner: SealOwner, { name, kind }: SealForm, artwork: SealArtwork): Promise<KeptSeal> {
  const { appId, userId, replacedSealId, at } = owner;
  const sealId = await store.insertSeal(tx, {
    ...{ appId, ownerId: userId, name, kind, status: 'enabled', listed: true, createdAt: at },
    artwork: toStoredArtwork(artwork),
  });

  const subject = `user:${userId}` as const;
  const pictureSha256 = createHash('sha256').update(artwork.svg).digest('hex');
  const made = { appId, subject, kind: 'seal-made', content: { sealId, sealKind: kind, pictureSha256 } };
  if (replacedSealId === undefined) return { sealId, evidence: [made] };

  await store.setStatus(tx, appId, replacedSealId, 'disabled');
  const content = { sealId: replacedSealId, replacedBy: sealId };
  return { sealId, evidence: [made, { appId, subject, kind: 'seal-disabled', content }] };
}
