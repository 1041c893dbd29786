/** The composition root: the only file that names concrete providers. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { type ChunkedBox, createChunkedBox } from './kernel/chunked-box.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { createDataKeys, type DataKeys, type SealedColumn } from './kernel/data-keys.ts';
import { type Database, openDatabase } from './kernel/database.ts';
import { createHttpClient } from './kernel/http-client.ts';
import { openInstallation } from './kernel/installation.ts';
import { createJobs } from './kernel/jobs.ts';
import type { Logger } from './kernel/log.ts';
import { migrateDatabase } from './kernel/migrate.ts';
import { type EndingData, endingTogether } from './kernel/retention.ts';
import { createSecretBox, type SecretBox } from './kernel/secret-box.ts';
import {
  APPS_SEALED_COLUMNS,
  createApps,
  createCredentials,
  createIdempotency,
  createReplayGuard,
} from './modules/apps/index.ts';
import { type CallbackTiming, createCallbacks } from './modules/callbacks/index.ts';
import { CERTIFICATES_SEALED_COLUMNS, createCertificates } from './modules/certificates/index.ts';
import { createContracts } from './modules/contracts/index.ts';
import { createCheckpoints, createEvidence, EVIDENCE_SEALED_COLUMNS } from './modules/evidence/index.ts';
import {
  createDocumentEngine,
  createDownloads,
  createFiles,
  createIntake,
  createPagePictures,
  type FileStorage,
} from './modules/files/index.ts';
import { createIdentity, IDENTITY_SEALED_COLUMNS } from './modules/identity/index.ts';
import { createMessaging, MESSAGING_SEALED_COLUMNS } from './modules/messaging/index.ts';
import { createOperators, OPERATORS_SEALED_COLUMNS, type PasswordCost } from './modules/operators/index.ts';
import { createPrivacy } from './modules/privacy/index.ts';
import { createRecognition, type RecognitionParts } from './modules/recognition/index.ts';
import { createDefaultSeals, createGrantCeremony, createSeals } from './modules/seals/index.ts';
import { createSigning, createVerification } from './modules/signing/index.ts';
import { createTickets } from './modules/tickets/index.ts';
import { createUsers, USERS_SEALED_COLUMNS } from './modules/users/index.ts';
import { createAlibabaApi } from './providers/alibaba/api.ts';
import { createAlibabaRegistry } from './providers/alibaba/identity.ts';
import { createAlibabaSmsSender } from './providers/alibaba/sms.ts';
import { createAlipayApi } from './providers/alipay/api.ts';
import { createAlipayPayoutBank } from './providers/alipay/payout.ts';
import { createLocalFaceVerifier } from './providers/face-local/index.ts';
import { createSandboxRegistry, REGISTRY_SEALED_COLUMNS } from './providers/identity-sandbox/index.ts';
import { createUnconfiguredRegistry } from './providers/identity-unconfigured/index.ts';
import { createLocalOcr } from './providers/ocr-local/index.ts';
import { createSandboxPayoutBank } from './providers/payout-sandbox/index.ts';
import { createUnconfiguredPayoutBank } from './providers/payout-unconfigured/index.ts';
import { createSandboxSmsSender } from './providers/sms-sandbox/index.ts';
import { createUnconfiguredSmsSender } from './providers/sms-unconfigured/index.ts';
import { createEncryptedStorage } from './providers/storage-encrypted/storage.ts';
import { createFilesystemStorage } from './providers/storage-filesystem/storage.ts';
import { createTencentApi } from './providers/tencent/api.ts';
import { createTencentFaceVerifier } from './providers/tencent/face.ts';
import { createTencentRegistry } from './providers/tencent/identity.ts';
import { createTencentCardReader } from './providers/tencent/ocr.ts';
import { createTencentSmsSender } from './providers/tencent/sms.ts';
import { callbackRenderer } from './surfaces/open-api/callback-body.ts';
import { abandonedUploads } from './surfaces/open-api/uploads.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

export interface Foundation {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly dataKeys: DataKeys;
  readonly fileBox: ChunkedBox;
  /** Base of every link we hand out. */
  readonly publicUrl: string;
  readonly passwordCost: PasswordCost | undefined;
  /** Undefined means the published one. */
  readonly callbackTiming: CallbackTiming | undefined;
}

export interface FoundationOptions {
  readonly publicUrl: string;
  readonly clock?: Clock;
  /** For operators' commands beside a running server. */
  readonly joinRunning?: boolean;
  /** A database that is open already; it stays open when the platform closes. */
  readonly database?: Database;
  /** Of operators' passwords; lower only where many are tried on purpose. */
  readonly passwordCost?: PasswordCost;
  /** Other pauses between the tries of a callback, for tests that cannot wait for hours. */
  readonly callbackTiming?: CallbackTiming;
}

/** Data folder, master key, database and its migrations: what must hold before anything else is built. */
export async function openFoundation(config: Config, log: Logger, options: FoundationOptions): Promise<Foundation> {
  const { masterKey } = await openInstallation(config);
  const { joinRunning = false, clock = systemClock, publicUrl, passwordCost, callbackTiming } = options;
  const secretBox = createSecretBox(masterKey);
  const database =
    options.database ??
    (await openDatabase({ databaseUrl: config.databaseUrl, dataFolder: config.dataFolder, joinRunning }, log));
  const dataKeys = createDataKeys({ database, secretBox });
  const fileBox = createChunkedBox(secretBox.deriveKey('signet/storage/v1'));
  try {
    await migrateDatabase(database, { migrationsFolder: MIGRATIONS_FOLDER, mode: config.mode, secretBox });
    await dataKeys.start((err) => log.warn('the data keys could not be read again', { err }));
  } catch (error) {
    if (!options.database) await database.close();
    throw error;
  }
  return { config, log, clock, database, secretBox, dataKeys, fileBox, publicUrl, passwordCost, callbackTiming };
}

/** Sandbox providers never serve a production installation: its settings cannot name them. */
function outsideWorld(foundation: Foundation) {
  const { config, log, database, secretBox, clock } = foundation;
  const sandboxRegistry = config.mode === 'sandbox' ? createSandboxRegistry({ database, secretBox, clock }) : undefined;
  const vendors = createVendors(foundation);
  const { identity, sms } = config.vendors;
  if (identity === undefined) log.warn('no identity source is configured: identity checks will be refused');
  if (sms === undefined) log.warn('no SMS sender is configured: SMS codes will not be sent');
  return {
    sandboxRegistry,
    registry: vendors.registry ?? sandboxRegistry ?? createUnconfiguredRegistry(),
    sender: vendors.sender ?? (sandboxRegistry ? createSandboxSmsSender() : createUnconfiguredSmsSender()),
    payoutBank: vendors.payoutBank ?? (sandboxRegistry ? createSandboxPayoutBank() : createUnconfiguredPayoutBank()),
    faces: vendors.faces ?? (sandboxRegistry && createLocalFaceVerifier({ registry: sandboxRegistry })),
    cardReader: vendors.cardReader ?? createLocalOcr(),
    closeVendors: vendors.close,
  };
}

/** What the settings name; undefined where they name no vendor. */
function createVendors({ config, log, clock }: Foundation) {
  const { vendors: chosen, callbackAllow: allow } = config;
  const { smsTexts, tencentFaceRule: ruleId, alibabaScene: scene } = chosen;
  const texts = { signature: smsTexts.signature ?? '', templates: smsTexts.templates };
  const httpClient = createHttpClient({ allow });
  const remote = { httpClient, log, clock };
  const tencent = createTencentApi({ ...remote, account: chosen.tencent });
  const alibaba = createAlibabaApi({ ...remote, account: chosen.alibaba });
  const registries = {
    tencent: () => createTencentRegistry(tencent),
    alibaba: () => createAlibabaRegistry({ api: alibaba, scene }),
  };
  const senders = {
    tencent: () => createTencentSmsSender({ api: tencent, sdkAppId: chosen.tencentSmsAppId, ...texts }),
    alibaba: () => createAlibabaSmsSender({ api: alibaba, ...texts }),
  };
  const { identity, sms, face, ocr, alipay } = chosen;
  return {
    registry: identity && identity !== 'sandbox' ? registries[identity]() : undefined,
    sender: sms && sms !== 'sandbox' ? senders[sms]() : undefined,
    faces: face === 'tencent' ? createTencentFaceVerifier({ api: tencent, clock, ruleId }) : undefined,
    payoutBank: alipay && createAlipayPayoutBank(createAlipayApi({ ...remote, account: alipay })),
    cardReader: ocr === 'tencent' ? createTencentCardReader(tencent) : undefined,
    close: () => httpClient.close(),
  };
}

/** Every column of boxes in the database; one that is missing here would not survive a rotation of the data key. */
export function sealedColumns(): readonly SealedColumn[] {
  return [
    ...APPS_SEALED_COLUMNS,
    ...EVIDENCE_SEALED_COLUMNS,
    ...CERTIFICATES_SEALED_COLUMNS,
    ...OPERATORS_SEALED_COLUMNS,
    ...IDENTITY_SEALED_COLUMNS,
    ...MESSAGING_SEALED_COLUMNS,
    ...USERS_SEALED_COLUMNS,
    ...REGISTRY_SEALED_COLUMNS,
  ];
}

/** Pictures may lie at addresses that callers choose. */
function createCardReading({ config }: Foundation, reader: RecognitionParts['reader']) {
  return createRecognition({ reader, httpClient: createHttpClient({ allow: config.callbackAllow }) });
}

/** Where uploads lie while they arrive. */
export function uploadFolderOf({ dataFolder }: Config): string {
  return join(dataFolder, 'incoming');
}

function temporaryFilesOf(config: Config, { interrupted }: FileStorage): EndingData {
  return endingTogether(abandonedUploads(uploadFolderOf(config)), ...(interrupted ? [interrupted] : []));
}

export type Modules = Awaited<ReturnType<typeof createModules>>;

export async function createModules(foundation: Foundation) {
  const { config, log, clock, database, secretBox, fileBox, publicUrl, passwordCost } = foundation;
  const { mode } = config;
  const jobs = createJobs({ database, log, concurrency: config.workers });
  const storage = createEncryptedStorage(createFilesystemStorage(join(config.dataFolder, 'files')), fileBox);
  const intake = createIntake();
  const documentEngine = createDocumentEngine();
  const pagePictures = createPagePictures();

  const evidence = createEvidence({ database, secretBox, clock });
  const apps = createApps({ database, secretBox, clock });
  const operators = createOperators({ database, secretBox, clock, publicUrl, passwordCost });
  const callbacks = createCallbacks({
    ...{ database, clock, log, apps, jobs, renderer: callbackRenderer },
    httpClient: createHttpClient({ allow: config.callbackAllow }),
    ...(foundation.callbackTiming ? { timing: foundation.callbackTiming } : {}),
  });
  const tickets = createTickets({ database, clock, publicUrl });
  const downloads = createDownloads({ database, storage, clock, publicUrl });
  const files = createFiles({ database, storage, intake, clock });
  const outside = outsideWorld(foundation);
  const { sandboxRegistry, registry, sender, payoutBank, faces, cardReader, closeVendors } = outside;
  const messaging = createMessaging({
    ...{ database, clock, secretBox, sender, jobs, limits: config.smsLimits, keepTexts: mode === 'sandbox' },
    signature: config.vendors.smsTexts.signature,
  });
  const certificates = createCertificates({
    ...{ db: database, secretBox, clock, mode, publicUrl },
    partyKeyAlgorithm: config.partyKey,
  });
  await certificates.initialize();
  const recognition = createCardReading(foundation, cardReader);
  const identity = createIdentity({
    ...{ database, clock, secretBox, evidence, callbacks, tickets, files, messaging, jobs, registry, payoutBank },
    ...{ recognition, ...(faces && { faces }) },
  });
  const defaultSeals = createDefaultSeals();
  const users = createUsers({ database, clock, secretBox, evidence, identity, callbacks, defaultSeals });
  const seals = createSeals({ database, clock, secretBox, evidence, callbacks, users });
  const grantCeremony = createGrantCeremony({ database, clock, evidence, callbacks, users, messaging, tickets, seals });
  const contracts = createContracts({
    ...{ database, clock, mode, jobs, evidence, callbacks, storage, files, downloads, users, seals },
    layoutEngine: documentEngine,
    intentModes: new Set(['CODE_SMS'] as const),
  });
  const signing = createSigning({
    ...{ database, clock, log, mode, apps, evidence, tickets, messaging },
    ...{ users, seals, contracts, certificates, storage },
    ...{ verifier: documentEngine, pagePictures },
  });
  const verification = createVerification({ verifier: documentEngine, certificates });

  const credentials = createCredentials({ database, secretBox, clock });
  const replayGuard = createReplayGuard({ database, clock });
  const idempotency = createIdempotency({ database, secretBox, clock });
  const privacy = createPrivacy({
    ...{ database, clock, log, storage, periods: config.retention, temporaryFiles: temporaryFilesOf(config, storage) },
    ...{ replayGuard, idempotency, downloads, tickets, operators, messaging, callbacks, files },
    ...{ identity, contracts, signing, users, seals, evidence, certificates },
  });

  return {
    ...{ apps, operators, evidence, callbacks, tickets, files, downloads, messaging, certificates },
    ...{ sandboxRegistry, closeVendors, identity, users, seals, grantCeremony },
    ...{ contracts, signing, verification, jobs, storage, intake, documentEngine, pagePictures },
    recognition,
    ...{ credentials, replayGuard, idempotency, privacy },
    checkpoints: createCheckpoints({ database, evidence, signer: certificates.checkpointSigner, clock }),
  };
}
