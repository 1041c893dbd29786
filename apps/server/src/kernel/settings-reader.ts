/** Reads settings from an environment and collects every fault, so that an operator mends them all at once. */
import ipaddr from 'ipaddr.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingProblem {
  readonly setting: string;
  /** As it may be shown: a secret is masked. */
  readonly value: string;
  readonly problem: string;
  readonly mend: string;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Values of secrets are masked, so the log may keep the message. */
  readonly hasSafeMessage = true;
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(
      ({ setting, value, problem, mend }) => `  ${setting}=${value}: ${problem} Mend: ${mend}`,
    );
    super(
      `${problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`}:\n${lines.join('\n')}`,
    );
    this.problems = problems;
  }
}

export interface TextRule {
  readonly isSecret?: boolean;
  readonly accepts: (value: string) => boolean;
  readonly problem: string;
  readonly mend: string;
}

export class SettingsReader {
  readonly problems: SettingProblem[] = [];
  private readonly environment: Environment;
  private readonly known = new Set<string>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** The value, or undefined when it is absent or empty (compose files pass unset variables as empty ones). */
  text(setting: string, rule?: TextRule): string | undefined {
    this.known.add(setting);
    const value = this.environment[setting]?.trim();
    if (!value) return undefined;
    if (!rule || rule.accepts(value)) return value;

    this.fail(setting, rule.isSecret ? maskSecret(value) : value, rule.problem, rule.mend);
    return undefined;
  }

  choice<T extends string>(setting: string, choices: readonly T[], fallback: T): T {
    const accepts = (value: string): boolean => (choices as readonly string[]).includes(value);
    const rule = { accepts, problem: 'not one of the choices.', mend: `set it to ${choices.join(', ')}.` };
    return (this.text(setting, rule) as T | undefined) ?? fallback;
  }

  integer(setting: string, range: { min: number; max: number; fallback: number }): number {
    const { min, max, fallback } = range;
    const accepts = (value: string): boolean => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;
    const rule = {
      accepts,
      problem: 'not a whole number in range.',
      mend: `set it to a number from ${min} to ${max}.`,
    };
    return Number(this.text(setting, rule) ?? fallback);
  }

  /** A comma list whose every entry must be acceptable. */
  list(setting: string, rule: TextRule): string[] {
    const split = (value: string): string[] =>
      value
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean);
    return split(this.text(setting, { ...rule, accepts: (value) => split(value).every(rule.accepts) }) ?? '');
  }

  fail(setting: string, value: string, problem: string, mend: string): void {
    this.problems.push({ setting, value, problem, mend });
  }

  /** Names with our prefix that nobody reads: most often a slip of the pen that would be ignored in silence. */
  unknownNames(prefix: string): string[] {
    return Object.keys(this.environment).filter((name) => name.startsWith(prefix) && !this.known.has(name));
  }
}

export function maskSecret(value: string): string {
  return `*** (${value.length} characters)`;
}

export function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text) || ipaddr.isValid(text);
}

export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
