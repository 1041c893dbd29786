/** Signs test files the way the platform does: own keys and certificates per party, CMS and timestamp from the PKI package. */
import { createHash } from 'node:crypto';
import {
  addSignatureTimestamp,
  type CertificateProfile,
  generateKeyPair,
  issueCertificate,
  issueTimestampToken,
  newSerialNumber,
  type SigningKey,
  signDetached,
  softwareSigningKey,
  type TimestampAuthority,
  timestampSubject,
} from '@signet/pki';
import type { Drawing, PathSegment } from '../src/drawing/drawing.ts';
import type { DocumentLayout } from '../src/layout/document-layout.ts';
import { layOut } from '../src/layout/lay-out.ts';
import type { LayoutPlan } from '../src/layout/plan.ts';
import type { PlaceContent } from '../src/signature/appearances.ts';
import { completeSignature, digestOf, type PreparedSignature, prepareSignature } from '../src/signature/prepare.ts';

export const SIGNED_AT = new Date('2026-11-24T08:00:00Z');

interface Holder {
  readonly certificate: Uint8Array;
  readonly key: SigningKey;
}

interface PartyHolder extends Holder {
  readonly chain: readonly Uint8Array[];
}

export interface Authority {
  readonly root: Uint8Array;
  readonly timestamps: TimestampAuthority;
  party(commonName: string): Promise<PartyHolder>;
}

export async function createAuthority(): Promise<Authority> {
  const root = await holder('root', 'Test Root');
  const issuing = await holder('issuing-ca', 'Test Issuing CA', root);
  const tsa = await holder('tsa', 'Test TSA', root);
  const holders = new Map<string, Promise<Holder>>();
  return {
    root: root.certificate,
    timestamps: {
      ...tsa,
      chain: [root.certificate],
      policyOid: '1.3.6.1.4.1.99999.1',
      serialNumber: newSerialNumber(),
      time: SIGNED_AT,
    },
    party(commonName) {
      const known = holders.get(commonName) ?? holder('party', commonName, issuing);
      holders.set(commonName, known);
      return known.then((party) => ({ ...party, chain: [issuing.certificate, root.certificate] }));
    },
  };
}

async function holder(profile: CertificateProfile, commonName: string, issuer?: Holder): Promise<Holder> {
  const pair = await generateKeyPair('p256');
  const key = softwareSigningKey(pair.privateKey);
  const certificate = await issueCertificate({
    profile,
    subject: { commonName, country: 'CN' },
    publicKey: pair.publicKey,
    issuerKey: issuer?.key ?? key,
    ...(issuer ? { issuer: { certificate: issuer.certificate } } : {}),
    serialNumber: newSerialNumber(),
    notBefore: new Date('2026-11-01T00:00:00Z'),
    notAfter: new Date('2036-11-01T00:00:00Z'),
  });
  return { certificate, key };
}

export interface TestFile {
  readonly bytes: Uint8Array;
  readonly layout: DocumentLayout;
}

export function laidOut(base: Uint8Array, plan: LayoutPlan): TestFile {
  const { increment, layout } = layOut(base, plan);
  return { bytes: Buffer.concat([base, increment]), layout: JSON.parse(JSON.stringify(layout)) };
}

/** Every place shows the whole seal, unless said otherwise. */
export async function signAs(
  authority: Authority,
  file: TestFile,
  partyId: string,
  options: { drawing?: Drawing; places?: Record<string, PlaceContent>; signerName?: string } = {},
): Promise<TestFile> {
  const party = file.layout.parties.find((each) => each.partyId === partyId);
  const placeIds = party ? [party.field, ...party.buttons].flatMap(({ place }) => (place ? [place.placeId] : [])) : [];
  const prepared = prepareSignature({
    layout: file.layout,
    partyId,
    places: options.places ?? Object.fromEntries(placeIds.map((placeId) => [placeId, { drawing: 0 }])),
    drawings: [options.drawing ?? roundSeal()],
    signedAt: SIGNED_AT,
    signerName: options.signerName ?? '王小明',
    reason: '签署合同',
  });
  const increment = await completed(authority, prepared, file.bytes, partyId);
  return { bytes: Buffer.concat([file.bytes, increment]), layout: JSON.parse(JSON.stringify(prepared.layout)) };
}

export async function completed(
  authority: Authority,
  prepared: PreparedSignature,
  prefix: Uint8Array,
  partyId: string,
): Promise<Uint8Array> {
  const digest = digestOf(prepared, createHash('sha256').update(prefix));
  return completeSignature(prepared, await signedCms(authority, digest, partyId));
}

export async function signedCms(authority: Authority, digest: Uint8Array, partyId: string): Promise<Uint8Array> {
  const holderOfParty = await authority.party(`Party ${partyId}`);
  const cms = await signDetached({ digest, ...holderOfParty });
  const token = await issueTimestampToken({ digest: timestampSubject(cms), tsa: authority.timestamps });
  return addSignatureTimestamp(cms, token);
}

/** A ring, a bar and a line of text: enough to see orientation and cutting. */
export function roundSeal(): Drawing {
  return {
    width: 119,
    height: 119,
    items: [
      { kind: 'path', fill: '#c8102e', evenOdd: true, segments: [...circle(59.5, 59), ...circle(59.5, 55)] },
      {
        kind: 'path',
        fill: '#c8102e',
        segments: [['M', 59.5, 90], ['L', 70, 60], ['L', 49, 60], ['Z']],
      },
      { kind: 'text', value: 'SEAL (top up)', x: 22, y: 35, size: 12, fill: '#c8102e' },
    ],
  };
}

function circle(center: number, radius: number): PathSegment[] {
  const k = radius * 0.5523;
  const [low, high] = [center - radius, center + radius];
  return [
    ['M', high, center],
    ['C', high, center + k, center + k, high, center, high],
    ['C', center - k, high, low, center + k, low, center],
    ['C', low, center - k, center - k, low, center, low],
    ['C', center + k, low, high, center - k, high, center],
    ['Z'],
  ];
}
