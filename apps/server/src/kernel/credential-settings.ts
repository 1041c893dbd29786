/** Settings that another one makes necessary, and secrets and certificates that may lie in files. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { maskSecret, type SettingsReader, type TextRule } from './settings-reader.ts';

export interface Wanted extends TextRule {
  /** The settings that need it; none: it may be missing. */
  readonly because: readonly string[];
}

/** Empty when it is missing or wrong, which then is a problem of the start. */
export function wanted(reader: SettingsReader, setting: string, { because, ...rule }: Wanted): string {
  const before = reader.problems.length;
  const value = reader.text(setting, rule);
  if (value !== undefined) return value;
  if (because.length > 0 && reader.problems.length === before) missing(reader, setting, because);
  return '';
}

function missing(reader: SettingsReader, setting: string, because: readonly string[]): void {
  const [first = ''] = because;
  reader.fail(setting, '(not set)', `${because.join(', ')} needs it.`, `set ${setting}, or choose another ${first}.`);
}

const SECRET_RULE = {
  isSecret: true,
  accepts: (value: string) => /^[\x21-\x7e]{8,256}$/.test(value),
  problem: 'not a secret of an access key.',
  mend: "set it to the secret that the vendor's console showed, without blanks.",
};

/** Either in the environment or in a file that `…_FILE` names. */
export function secret(reader: SettingsReader, setting: string, because: readonly string[]): string {
  const before = reader.problems.length;
  const given = reader.text(setting, SECRET_RULE);
  const fromFile = readNamedFile(reader, `${setting}_FILE`)?.trim();
  if (given !== undefined && fromFile !== undefined) twice(reader, setting);
  if (fromFile !== undefined && !SECRET_RULE.accepts(fromFile)) {
    reader.fail(`${setting}_FILE`, maskSecret(fromFile), SECRET_RULE.problem, 'put the secret alone into the file.');
  }
  if ((given ?? fromFile) === undefined && because.length > 0 && reader.problems.length === before) {
    missing(reader, setting, because);
  }
  return given ?? fromFile ?? '';
}

function twice(reader: SettingsReader, setting: string): void {
  reader.fail(`${setting}_FILE`, '(a file)', `${setting} is set as well.`, 'set only one of the two.');
}

/** 应用私钥: PEM, or the bare base64 of PKCS#8 or PKCS#1 that Alipay's tools write. */
export function privateKey(reader: SettingsReader, setting: string, because: readonly string[]): string {
  const before = reader.problems.length;
  const given = reader.text(setting);
  const fromFile = readNamedFile(reader, `${setting}_FILE`)?.trim();
  if (given !== undefined && fromFile !== undefined) twice(reader, setting);
  const text = given ?? fromFile;
  if (text === undefined) {
    if (because.length > 0 && reader.problems.length === before) missing(reader, setting, because);
    return '';
  }
  const pem = pemOf(text);
  if (pem === undefined) {
    const name = given === undefined ? `${setting}_FILE` : setting;
    reader.fail(name, maskSecret(text), 'not an RSA private key.', 'give the 应用私钥 as PEM or base64.');
  }
  return pem ?? '';
}

function pemOf(text: string): string | undefined {
  const bare = text.replace(/\s+/g, '');
  const wrapped = ['PRIVATE KEY', 'RSA PRIVATE KEY'].map(
    (label) => `-----BEGIN ${label}-----\n${bare.match(/.{1,64}/g)?.join('\n')}\n-----END ${label}-----\n`,
  );
  return [text.replaceAll('\\n', '\n'), ...wrapped].find((pem) => {
    try {
      return createPrivateKey(pem).asymmetricKeyType === 'rsa';
    } catch {
      return false;
    }
  });
}

export function certificate(reader: SettingsReader, setting: string, because: readonly string[]): string {
  const before = reader.problems.length;
  const pem = readNamedFile(reader, setting);
  if (pem === undefined) {
    if (because.length > 0 && reader.problems.length === before) missing(reader, setting, because);
    return '';
  }
  try {
    new X509Certificate(pem);
    return pem;
  } catch {
    reader.fail(setting, '(a file)', 'the file holds no certificate.', "name the .crt file of Alipay's console.");
    return '';
  }
}

function readNamedFile(reader: SettingsReader, setting: string): string | undefined {
  const path = reader.text(setting);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    reader.fail(setting, path, `the file cannot be read (${code}).`, 'check the path and its permissions.');
    return undefined;
  }
}
