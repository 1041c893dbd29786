/** The settings of an app as a form holds them. */
import type { AppSettingsChange, ConsoleApp } from '@signet/protocol/console-api';

/** `enabled` is no field: it is changed by a button that asks first. */
export type SettingsForm = Required<Omit<AppSettingsChange, 'enabled' | 'callbackUrl'>> & {
  readonly callbackUrl: string;
};

const FIELDS = [
  ...['name', 'selfCertification', 'silentSigning', 'plainIdentity', 'pathWithoutApi', 'smsLimits'],
  ...['checkBeforeReading', 'requestsPerMinute', 'allowedIps', 'callbackUrl', 'callbackTypes'],
  ...['redirectSchemes', 'embeddingOrigins'],
] as readonly (keyof SettingsForm)[];

export function toForm(app: ConsoleApp): SettingsForm {
  const lists = {
    allowedIps: [...app.allowedIps],
    callbackTypes: [...app.callbackTypes],
    redirectSchemes: [...app.redirectSchemes],
    embeddingOrigins: [...app.embeddingOrigins],
  };
  return { ...app, ...lists, callbackUrl: app.callbackUrl ?? '' };
}

export const NEW_APP: SettingsForm = {
  name: '',
  ...{ selfCertification: false, silentSigning: false, plainIdentity: false, pathWithoutApi: false },
  ...{ smsLimits: true, checkBeforeReading: false, requestsPerMinute: null },
  ...{ allowedIps: [], callbackUrl: '', callbackTypes: [], redirectSchemes: [], embeddingOrigins: [] },
};

/** Only what differs, so that two people who change different things do not undo each other. */
export function changesOf(before: SettingsForm, form: Partial<SettingsForm>): AppSettingsChange {
  const after = { ...before, ...form };
  const changed = FIELDS.filter((field) => textOf(before[field]) !== textOf(after[field]));
  return Object.fromEntries(changed.map((field) => [field, toWire(after[field])]));
}

function toWire(value: SettingsForm[keyof SettingsForm]): unknown {
  if (value === undefined) return null;
  return typeof value === 'string' ? value.trim() || null : value;
}

/** The order of checked types and a blank at the end of a line mean nothing. */
function textOf(value: SettingsForm[keyof SettingsForm]): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : (toWire(value) ?? null));
}
