/** The options of an app as they are typed, judged by the rules of the console. */
import { CALLBACK_TYPES } from '@signet/protocol/callbacks';
import { appSettings } from '@signet/protocol/console-api';
import { InvalidArgumentError } from 'commander';
import ipaddr from 'ipaddr.js';

const { callbackUrl, callbackTypes, redirectSchemes, embeddingOrigins } = appSettings.shape;

export function parseLimit(value: string): number | null {
  if (value === 'none') return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1, or "none".');
  return number;
}

export function parseNetworks(value: string): string[] {
  if (value === 'any') return [];
  const entries = split(value);
  for (const entry of entries) {
    if (!ipaddr.isValid(entry) && !ipaddr.isValidCIDR(entry)) {
      throw new InvalidArgumentError(`${entry} is no address or network such as 203.0.113.0/24.`);
    }
  }
  return entries;
}

export function parseCallbackUrl(value: string): string | null {
  if (value === 'none') return null;
  const { success, data } = callbackUrl.safeParse(value);
  if (!success || !data) throw new InvalidArgumentError('Give an http or https address without password and #.');
  return data;
}

export function parseCallbackTypes(value: string): readonly string[] {
  if (value === 'all') return Object.keys(CALLBACK_TYPES);
  if (value === 'none') return [];
  const { success, data } = callbackTypes.safeParse(split(value));
  if (!success || !data) throw new InvalidArgumentError(`The types are ${Object.keys(CALLBACK_TYPES).join(', ')}.`);
  return data;
}

export function parseSchemes(value: string): readonly string[] {
  if (value === 'none') return [];
  const { success, data } = redirectSchemes.safeParse(split(value));
  if (!success || !data) throw new InvalidArgumentError('Give schemes of your own apps, such as myapp.');
  return data;
}

export function parseOrigins(value: string): readonly string[] {
  if (value === 'none') return [];
  const { success, data } = embeddingOrigins.safeParse(split(value));
  if (!success || !data) throw new InvalidArgumentError('Give whole origins, such as https://www.example.com.');
  return data;
}

function split(value: string): string[] {
  return value.split(',').map((entry) => entry.trim());
}
