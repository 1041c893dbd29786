/** `signet doctor`: names each fault of an installation and its mend, whether the server runs or not. */
import { type Config, ConfigError, loadConfig } from '../../config.ts';
import { databaseFindings } from './doctor-database.ts';
import type { Finding } from './doctor-finding.ts';
import { installationFindings } from './doctor-installation.ts';
import { systemFindings } from './doctor-system.ts';
import { vendorFindings } from './doctor-vendors.ts';

export interface DoctorOptions {
  readonly migrationsFolder: string;
  readonly write: (line: string) => void;
  /** Default: the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** @returns the exit code: 0 when nothing stops the platform from running. */
export async function runDoctor(options: DoctorOptions): Promise<number> {
  const findings: Finding[] = [];
  for await (const finding of examine(options)) {
    options.write(formatFinding(finding));
    findings.push(finding);
  }

  const faults = findings.filter(({ level }) => level === 'fault').length;
  const warnings = findings.filter(({ level }) => level === 'warning').length;
  options.write(faults + warnings === 0 ? 'No faults.' : `Faults: ${faults}, warnings: ${warnings}.`);
  return faults === 0 ? 0 : 1;
}

async function* examine(options: DoctorOptions): AsyncGenerator<Finding> {
  const settings = readSettings(options);
  yield* settings.findings;
  yield* systemFindings();
  if (!settings.config) return;

  yield* vendorFindings(settings.config);
  yield* installationFindings(settings.config);
  yield* databaseFindings(settings.config, options.migrationsFolder);
}

function readSettings(options: DoctorOptions): { config?: Config; findings: Finding[] } {
  try {
    const config = options.environment ? loadConfig(options.environment) : loadConfig();
    const warnings = config.warnings.map((warning): Finding => {
      return { level: 'warning', subject: 'Settings', text: warning, mend: 'correct its name or unset it.' };
    });
    return { config, findings: [{ level: 'ok', subject: 'Settings', text: `${config.mode} mode` }, ...warnings] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      findings: error.problems.map(({ setting, value, problem, mend }) => {
        return { level: 'fault', subject: 'Settings', text: `${setting}=${value}: ${problem}`, mend };
      }),
    };
  }
}

function formatFinding({ level, subject, text, mend }: Finding): string {
  const line = `${level.padEnd(7)}  ${subject}: ${text}`;
  return mend ? `${line}\n${' '.repeat(9)}Mend: ${mend}` : line;
}
