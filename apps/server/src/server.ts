/** A running platform: modules, background work and all surfaces on one HTTP server. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { backgroundSchedule, backgroundTasks } from './background.ts';
import { type Config, publicUrlOf } from './config.ts';
import type { Logger } from './kernel/log.ts';
import {
  createModules,
  type Foundation,
  type FoundationOptions,
  type Modules,
  openFoundation,
  uploadFolderOf,
} from './platform.ts';
import { consoleApi } from './surfaces/console-api/plugin.ts';
import { consoleRoutes } from './surfaces/console-api/routes.ts';
import { createSessionCookie } from './surfaces/console-api/session-cookie.ts';
import { createHttpServer } from './surfaces/http-server.ts';
import { apiDescription } from './surfaces/open-api/description.ts';
import { callbackRoutes } from './surfaces/open-api/routes/callbacks.ts';
import { companyIdentityRoutes } from './surfaces/open-api/routes/company-identity.ts';
import { contractRoutes, sandboxSigningRoutes } from './surfaces/open-api/routes/contracts.ts';
import { fileRoutes } from './surfaces/open-api/routes/files.ts';
import { messagingRoutes } from './surfaces/open-api/routes/messaging.ts';
import { personIdentityRoutes } from './surfaces/open-api/routes/person-identity.ts';
import { recognitionRoutes } from './surfaces/open-api/routes/recognition.ts';
import { sandboxCompleteRoutes } from './surfaces/open-api/routes/sandbox-complete.ts';
import { sandboxGrantRoutes } from './surfaces/open-api/routes/sandbox-grants.ts';
import { sandboxPeopleRoutes } from './surfaces/open-api/routes/sandbox-people.ts';
import { sealRoutes } from './surfaces/open-api/routes/seals.ts';
import { signLinkRoutes } from './surfaces/open-api/routes/sign-links.ts';
import { userRoutes } from './surfaces/open-api/routes/users.ts';
import { verificationPageRoutes } from './surfaces/open-api/routes/verification-pages.ts';
import { verificationReportRoutes } from './surfaces/open-api/routes/verification-report.ts';
import { sealImages } from './surfaces/open-api/seal-images.ts';
import type { Route } from './surfaces/open-api/serve.ts';
import { platformGauges } from './surfaces/operations/gauges.ts';
import { companyVerificationRoutes } from './surfaces/page-api/company-verification-routes.ts';
import { faceRoutes } from './surfaces/page-api/face-routes.ts';
import { grantPageRoutes } from './surfaces/page-api/grant-routes.ts';
import type { PageRoute } from './surfaces/page-api/page-route.ts';
import { personVerificationRoutes } from './surfaces/page-api/person-verification-routes.ts';
import { pageApi } from './surfaces/page-api/plugin.ts';
import { signPageRoutes } from './surfaces/page-api/sign-routes.ts';
import { pages } from './surfaces/pages/plugin.ts';
import { trial } from './surfaces/trial/plugin.ts';
import { trustRoutes } from './surfaces/trust/routes.ts';

/** Built by `npm start` and before the tests. */
const PAGES_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));

const PACKAGE = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const IDLE_SWEEP_MS = 50;

/** Of one address; a timestamp costs a key operation. */
const TRUST_REQUESTS_PER_MINUTE = 600;

export interface RunningServer {
  readonly url: string;
  readonly modules: Modules;
  readonly foundation: Foundation;
  /** Answers what is under way, then stops everything in order. */
  close(): Promise<void>;
}

export type StartOptions = Omit<FoundationOptions, 'publicUrl' | 'joinRunning'>;

export async function startServer(config: Config, log: Logger, options: StartOptions = {}): Promise<RunningServer> {
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const publicUrl = publicUrlOf(config, port);
  const foundation = await openFoundation(config, log, { ...options, publicUrl });
  const closeDatabase = async () => {
    foundation.dataKeys.stop();
    if (!options.database) await foundation.database.close();
  };
  try {
    const modules = await createModules(foundation);
    const http = await buildHttpServer(foundation, modules);
    await Promise.all([modules.intake.warm(), modules.documentEngine.warm()]);
    await workAndListen(http, modules, { host: config.host, port });
    return { url: publicUrl, modules, foundation, close: () => closeAll(http, modules, closeDatabase) };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

/** What has begun to work stops again when nothing can be served, before its database goes. */
async function workAndListen(
  http: FastifyInstance,
  modules: Modules,
  address: { readonly host: string; readonly port: number },
): Promise<void> {
  await modules.jobs.start({ tasks: backgroundTasks(modules), cron: backgroundSchedule(modules) });
  try {
    await modules.callbacks.resume();
    await http.listen(address);
  } catch (error) {
    await modules.jobs.stop();
    await modules.callbacks.stop();
    throw error;
  }
}

/**
 * A connection whose answer is on its way when closing begins is not idle yet, and afterwards would hold the server for all of
 * its keep-alive time, longer than a stop may take.
 */
async function closeHttp(http: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => http.server.closeIdleConnections(), IDLE_SWEEP_MS);
  try {
    await http.close();
  } finally {
    clearInterval(sweep);
  }
}

async function closeAll(http: FastifyInstance, modules: Modules, closeDatabase: () => Promise<void>): Promise<void> {
  await closeHttp(http);
  await modules.jobs.stop();
  await modules.callbacks.stop();
  const { intake, documentEngine, pagePictures, recognition } = modules;
  await Promise.all([intake, documentEngine, pagePictures, recognition].map((each) => each.close()));
  await modules.closeVendors();
  modules.certificates.close();
  await closeDatabase();
}

function buildHttpServer(foundation: Foundation, modules: Modules): Promise<FastifyInstance> {
  const { config, log, clock, publicUrl } = foundation;
  const { credentials, replayGuard, idempotency, downloads, seals, storage } = modules;
  return createHttpServer({
    ...{ credentials, replayGuard, idempotency, downloads, clock, log, mode: config.mode },
    routes: openApiRoutes(modules, publicUrl),
    trustedProxies: config.trustedProxies,
    uploadFolder: uploadFolderOf(config),
    gauges: platformGauges({ ...modules, clock }),
    checks: { database: () => foundation.database.ping(), storage: () => storage.check() },
    plugins: [
      (server) => sealImages(server, { seals }),
      (server) => publicTrust(server, modules),
      (server) => trial(server, { ...modules, mode: config.mode, publicUrl }),
      (server) => pages(server, { ...modules, folder: PAGES_FOLDER }),
      (server) => pageApi(server, { ...modules, routes: pageRoutes(modules, publicUrl), mode: config.mode, log }),
      (server) => publicConsole(server, foundation, modules),
      (server) => apiDescription(server, { publicUrl, mode: config.mode }),
    ],
  });
}

async function publicConsole(
  server: FastifyInstance,
  { config, publicUrl, log, clock }: Foundation,
  modules: Modules,
): Promise<void> {
  const sessionCookie = createSessionCookie(publicUrl);
  const routes = consoleRoutes({ ...modules, sessionCookie, clock, mode: config.mode, version: PACKAGE.version });
  await consoleApi(server, { ...modules, sessionCookie, routes, publicUrl, log });
}

/** Anyone may ask for timestamps and revocation, within reason. */
async function publicTrust(server: FastifyInstance, { certificates }: Modules): Promise<void> {
  await server.register(rateLimit, { max: TRUST_REQUESTS_PER_MINUTE, timeWindow: 60_000 });
  await server.register(trustRoutes({ certificates }));
}

function openApiRoutes(modules: Modules, publicUrl: string): Route[] {
  return [
    ...personIdentityRoutes(modules),
    ...companyIdentityRoutes(modules),
    ...verificationPageRoutes(modules),
    ...verificationReportRoutes(modules),
    ...userRoutes(modules),
    ...fileRoutes(modules),
    ...sealRoutes({ ...modules, publicUrl }),
    ...contractRoutes(modules),
    ...signLinkRoutes(modules),
    ...callbackRoutes(modules),
    ...messagingRoutes(modules),
    ...recognitionRoutes(modules),
    ...sandboxRoutes(modules),
  ];
}

function pageRoutes(modules: Modules, publicUrl: string): PageRoute[] {
  return [
    ...signPageRoutes(modules),
    ...grantPageRoutes(modules),
    ...personVerificationRoutes(modules),
    ...companyVerificationRoutes(modules),
    ...faceRoutes({ ...modules, publicUrl }),
  ];
}

function sandboxRoutes(modules: Modules): Route[] {
  const { sandboxRegistry: registry } = modules;
  if (!registry) return [];
  return [
    ...sandboxSigningRoutes(modules),
    ...sandboxCompleteRoutes(modules),
    ...sandboxPeopleRoutes({ ...modules, registry }),
    ...sandboxGrantRoutes(modules),
  ];
}

/** Links carry the port, and they are made before anything listens. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
