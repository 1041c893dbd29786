import { createHash } from 'node:crypto';
import { type LayoutPlan, PdfError } from '@signet/pdf';
import { ApiError } from '@signet/protocol/errors';
import { violatedUniqueConstraint } from '../../kernel/database-error.ts';
import { newId19 } from '../../kernel/ids.ts';
import { WorkerFault } from '../../kernel/worker-pool.ts';
import type { App } from '../apps/index.ts';
import { claimBytes, type FileStorage, newStorageKey, type StoredFile } from '../files/index.ts';
import { requireReturnAddress } from '../tickets/index.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { type Draft, draftContract } from './draft.ts';
import { readOptions } from './page-view.ts';
import { findParticipants, holdParticipants, type Participants } from './participants.ts';
import { checkStartRequest } from './start-checks.ts';
import type { StartRequest } from './start-request.ts';
import * as store from './store.ts';
import { announceTurns } from './turns.ts';

export interface StartedContract {
  readonly contractId: string;
  readonly businessCode: string | null;
  readonly warnings: readonly string[];
}

/** 发起合同: all checks first, then every file is laid out, then one transaction makes the contract. */
export function createStart(dependencies: ContractsDependencies) {
  const { database, clock, evidence, storage, intentModes, mode } = dependencies;
  const sandbox = mode === 'sandbox';

  return async function start(app: App, request: StartRequest): Promise<StartedContract> {
    const now = clock.now();
    checkStartRequest(request, intentModes, now);
    const { redirect } = readOptions(request.options);
    if (redirect) requireReturnAddress(redirect.url, app.redirectSchemes, 'signFlowConfig.redirectConfig.redirectUrl');
    const participants = await findParticipants(dependencies, app, request, now);
    await refuseKnownBusinessCode(app, request);
    const draft = draftContract(request, participants, { appId: app.id, now, newId: newId19, sandbox });
    const laidOut = await layOutFiles(dependencies, draft, participants);
    try {
      await save({ request, draft, laidOut, participants });
    } catch (error) {
      // After any other fault the contract may be there all the same (the connection broke at the commit) and need its files.
      if (violatedUniqueConstraint(error) !== 'contracts_business_code') throw error;
      await removeIncrements(storage, laidOut);
      throw new ApiError('BUSINESS_CODE_EXISTS');
    }
    return { contractId: draft.contract.id, businessCode: request.businessCode, warnings: draft.warnings };
  };

  async function refuseKnownBusinessCode(app: App, { businessCode }: StartRequest): Promise<void> {
    if (businessCode === null) return;
    if (await store.find(database.db, app.id, { businessCode })) throw new ApiError('BUSINESS_CODE_EXISTS');
  }

  async function save({ request, draft, laidOut, participants }: PreparedStart): Promise<void> {
    const { contract, parties } = draft;
    await database.transaction(async (tx) => {
      await holdParticipants(tx, dependencies, { appId: contract.appId, participants });
      const storageKeys = laidOut.map(({ revision }) => revision.storageKey);
      if (!(await claimBytes(tx, storageKeys))) throw new ApiError('SYSTEM_BUSY', { contractId: contract.id });
      await store.insertContract(tx, toRows({ request, draft, laidOut, participants }));
      await evidence.append(tx, {
        appId: contract.appId,
        subject: `contract:${contract.id}`,
        kind: 'contract-started',
        content: startContent(request, draft, participants),
      });
      await announceTurns(tx, dependencies, contract, { before: [], after: parties });
    });
  }
}

interface PreparedStart {
  readonly request: StartRequest;
  readonly draft: Draft;
  readonly laidOut: readonly LaidOutFile[];
  readonly participants: Participants;
}

interface LaidOutFile {
  readonly fileCode: string;
  readonly layout: store.ContractFile['layout'];
  readonly revision: store.FileRevision;
}

async function layOutFiles(
  dependencies: ContractsDependencies,
  { contract, plans }: Draft,
  { files }: Participants,
): Promise<LaidOutFile[]> {
  const laidOut: LaidOutFile[] = [];
  try {
    for (const [fileCode, plan] of plans) {
      laidOut.push(await layOutFile(dependencies, contract, files.get(fileCode) as StoredFile, plan));
    }
    return laidOut;
  } catch (error) {
    await removeIncrements(dependencies.storage, laidOut);
    throw error;
  }
}

async function layOutFile(
  { layoutEngine, storage }: ContractsDependencies,
  contract: Draft['contract'],
  file: StoredFile,
  plan: LayoutPlan,
): Promise<LaidOutFile> {
  const base = await storage.read(file.storageKey);
  // The worker takes the bytes over, so they are hashed first.
  const hash = createHash('sha256').update(base);
  const { increment, layout } = await layoutEngine.layOut(base, plan).catch(refuseUnsuitable);
  const storageKey = newStorageKey(contract.createdAt);
  await storage.put(storageKey, increment);
  const { fileCode } = file;
  const revision: store.FileRevision = {
    ...{ contractId: contract.id, fileCode, revision: 1, storageKey, partyId: null, verifiedAt: null },
    ...{ totalSize: file.size + increment.length, sha256: hash.update(increment).digest() },
    createdAt: contract.createdAt,
  };
  return { fileCode, layout, revision };
}

async function removeIncrements(storage: FileStorage, laidOut: readonly LaidOutFile[]): Promise<void> {
  await Promise.all(laidOut.map(({ revision }) => storage.remove(revision.storageKey)));
}

function refuseUnsuitable(error: unknown): never {
  if (!(error instanceof PdfError || error instanceof WorkerFault)) throw error;
  throw new ApiError('FILE_PROCESSING_FAILED', { pdf: error.code }, { detail: '文件无法布置签署位置', cause: error });
}

function toRows({ request, draft, laidOut, participants }: PreparedStart): store.NewContract {
  const { contract, parties, placements } = draft;
  const { files } = participants;
  const layouts = new Map(laidOut.map((each) => [each.fileCode, each.layout]));
  const stored = (fileCode: string) => files.get(fileCode) as StoredFile;
  const contractId = contract.id;
  return {
    contract: { ...contract, options: request.options, claimToken: null, claimUntil: null },
    files: request.files.map(({ fileId, fileCode, order, name }) => ({
      ...{ contractId, fileCode, fileId, fileOrder: order },
      ...{ name: name ?? stored(fileCode).name, layout: layouts.get(fileCode) ?? null },
    })),
    revisions: [
      ...request.files.map(({ fileCode }) => uploadRevision(contract, stored(fileCode))),
      ...laidOut.map((each) => each.revision),
    ],
    attachments: request.attachments.map(({ fileCode, order }) => ({ contractId, fileCode, fileOrder: order })),
    parties,
    placements,
  };
}

function uploadRevision(contract: Draft['contract'], file: StoredFile): store.FileRevision {
  return {
    contractId: contract.id,
    fileCode: file.fileCode,
    revision: 0,
    storageKey: file.storageKey,
    totalSize: file.size,
    sha256: file.sha256,
    partyId: null,
    verifiedAt: null,
    createdAt: contract.createdAt,
  };
}

function startContent(request: StartRequest, { contract, parties }: Draft, { files }: Participants) {
  const digest = (fileCode: string) => Buffer.from(files.get(fileCode)?.sha256 ?? []).toString('hex');
  return {
    name: contract.name,
    businessCode: contract.businessCode,
    initiator: contract.initiatorAccountId,
    signDeadline: contract.signDeadlineAt.toISOString(),
    sequential: contract.sequential,
    files: request.files.map(({ fileCode }) => ({ fileCode, sha256: digest(fileCode) })),
    attachments: request.attachments.map(({ fileCode }) => ({ fileCode, sha256: digest(fileCode) })),
    parties: parties.map(({ id, accountId, userId, sequenceNumber, silent }) => ({
      ...{ id, accountId, userId, sequenceNumber, silent },
    })),
  };
}
