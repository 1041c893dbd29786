import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretBox, SecretBoxError } from './secret-box.ts';

const box = createSecretBox(randomBytes(32));
const CONTEXT = 'users.resident_id:1';

describe('secret box', () => {
  it('opens what it sealed in the same context', () => {
    const sealed = box.seal('110101199003078857', CONTEXT);

    expect(box.openText(sealed, CONTEXT)).toBe('110101199003078857');
    expect(Buffer.from(sealed).includes('110101199003078857')).toBe(false);
  });

  it('keeps bytes and the empty text', () => {
    const bytes = randomBytes(70_000);

    expect(Buffer.from(box.open(box.seal(bytes, CONTEXT), CONTEXT)).equals(bytes)).toBe(true);
    expect(box.openText(box.seal('', CONTEXT), CONTEXT)).toBe('');
  });

  it('never seals the same text to the same bytes', () => {
    expect(box.seal('a', CONTEXT)).not.toEqual(box.seal('a', CONTEXT));
  });

  it('does not open in another context', () => {
    const sealed = box.seal('secret', CONTEXT);

    expect(() => box.open(sealed, 'users.resident_id:2')).toThrow(SecretBoxError);
  });

  it('does not open under another master key', () => {
    const sealed = box.seal('secret', CONTEXT);

    expect(() => createSecretBox(randomBytes(32)).open(sealed, CONTEXT)).toThrow(SecretBoxError);
  });

  it('refuses every single changed byte', () => {
    const sealed = Buffer.from(box.seal('secret', CONTEXT));

    const opened = [...sealed.keys()].filter((position) => {
      const changed = Buffer.from(sealed);
      changed[position]! ^= 1;
      return canOpen(changed);
    });

    expect(opened).toEqual([]);
  });

  it('refuses every shortened box', () => {
    const sealed = Buffer.from(box.seal('secret', CONTEXT));

    const opened = [...sealed.keys()].filter((length) => canOpen(sealed.subarray(0, length)));

    expect(opened).toEqual([]);
  });

  it('refuses a master key of another length', () => {
    expect(() => createSecretBox(randomBytes(16))).toThrow(SecretBoxError);
  });

  it('gives equal values equal hashes only within one context and key', () => {
    const hash = Buffer.from(box.keyedHash('330102', 'users.resident_id'));

    expect(hash.equals(box.keyedHash('330102', 'users.resident_id'))).toBe(true);
    expect(hash.equals(box.keyedHash('330102', 'users.mobile'))).toBe(false);
    expect(hash.equals(createSecretBox(randomBytes(32)).keyedHash('330102', 'users.resident_id'))).toBe(false);
  });

  it('does not mistake the end of a context for the start of a value', () => {
    expect(box.keyedHash('bc', 'a')).not.toEqual(box.keyedHash('c', 'ab'));
  });
});

function canOpen(bytes: Uint8Array): boolean {
  try {
    box.open(bytes, CONTEXT);
    return true;
  } catch {
    return false;
  }
}
