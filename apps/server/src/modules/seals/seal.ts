import type { StoredArtwork } from './stored-artwork.ts';

export type { StoredArtwork } from './stored-artwork.ts';

export type SealKind = 'official' | 'contract' | 'representative' | 'name' | 'handwritten';
export type SealStatus = 'enabled' | 'disabled' | 'under-review' | 'refused' | 'revoked';

/** 印章 without its picture. */
export interface SealSummary {
  readonly id: number;
  readonly appId: string;
  /** Whose seal it is: a user's id. */
  readonly ownerId: string;
  readonly name: string;
  readonly kind: SealKind;
  readonly status: SealStatus;
  /** False for a signature that was drawn for one contract only and can be chosen for no other. */
  readonly listed: boolean;
  readonly createdAt: Date;
}

export interface Seal extends SealSummary {
  readonly artwork: StoredArtwork;
}
