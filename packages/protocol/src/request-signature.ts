/** Request signature of the open API (X-Ca-* headers): the string to sign, its tolerated variants and the HMAC. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  /** Path with `/api`, as sent, without the query. */
  readonly path: string;
  /** Query parameters, then form body parameters, decoded, in the order sent. */
  readonly parameters: readonly (readonly [string, string])[];
  /** Lower-case name → value as sent. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The list of `X-Ca-Signature-Headers` as spelled by the caller; undefined when the header is absent. */
  readonly signedHeaders: readonly string[] | undefined;
}

export interface SigningVariant {
  /** How a parameter with an empty value stands in the URL. */
  readonly emptyValue: 'bare' | 'equals';
  readonly headerOrder: 'listed' | 'sorted';
  readonly headerNames: 'listed' | 'lower';
  /** Without `X-Ca-Signature-Headers`: the block `X-Ca-Key:…\n` or nothing. */
  readonly defaultBlock: 'key' | 'empty';
  readonly path: 'with-api' | 'without-api';
}

/** Takes no part in the header block whatever the caller lists. */
const NEVER_SIGNED = new Set([
  'x-ca-signature',
  'x-ca-signature-headers',
  'accept',
  'content-md5',
  'content-type',
  'date',
]);

export const CANONICAL_VARIANT: SigningVariant = {
  emptyValue: 'bare',
  headerOrder: 'listed',
  headerNames: 'listed',
  defaultBlock: 'key',
  path: 'with-api',
};

export function stringToSign(request: SignedRequest, variant: SigningVariant = CANONICAL_VARIANT): string {
  const { headers } = request;
  const fixed = [
    request.method.toUpperCase(),
    headers.accept ?? '',
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers.date ?? '',
  ];
  return `${fixed.join('\n')}\n${headerBlock(request, variant)}${canonicalUrl(request, variant)}`;
}

export function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64');
}

export function contentMd5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}

export interface VerifyOptions {
  /** All secrets valid now: two while a rotation overlaps. */
  readonly secrets: readonly string[];
  /** The app's switch: accept a path without `/api` too. */
  readonly pathWithoutApi: boolean;
}

/** Whether one of the tolerated forms holds; every comparison is in constant time. */
export function verifySignature(request: SignedRequest, signature: string, options: VerifyOptions): boolean {
  const given = Buffer.from(signature, 'base64');
  for (const text of acceptedStrings(request, options.pathWithoutApi)) {
    for (const secret of options.secrets) {
      const expected = createHmac('sha256', secret).update(text, 'utf8').digest();
      if (given.length === expected.length && timingSafeEqual(given, expected)) return true;
    }
  }
  return false;
}

/** Every distinct string we accept for this request, the documented one first; lazy, since the first nearly always holds. */
export function* acceptedStrings(request: SignedRequest, pathWithoutApi: boolean): Generator<string> {
  const seen = new Set<string>();
  for (const variant of variantsOf(request, pathWithoutApi)) {
    const text = stringToSign(request, variant);
    if (!seen.has(text)) {
      seen.add(text);
      yield text;
    }
  }
}

function* variantsOf(request: SignedRequest, pathWithoutApi: boolean): Generator<SigningVariant> {
  yield CANONICAL_VARIANT;
  const paths = pathWithoutApi ? (['with-api', 'without-api'] as const) : (['with-api'] as const);
  const emptyValues = ['bare', 'equals'] as const;
  for (const path of paths) {
    for (const emptyValue of emptyValues) {
      yield* headerVariants(request, { ...CANONICAL_VARIANT, path, emptyValue });
    }
  }
}

function* headerVariants(request: SignedRequest, base: SigningVariant): Generator<SigningVariant> {
  if (request.signedHeaders === undefined) {
    yield { ...base, defaultBlock: 'key' };
    yield { ...base, defaultBlock: 'key', headerNames: 'lower' };
    yield { ...base, defaultBlock: 'empty' };
    return;
  }
  for (const headerOrder of ['listed', 'sorted'] as const) {
    for (const headerNames of ['listed', 'lower'] as const) {
      yield { ...base, headerOrder, headerNames };
    }
  }
}

function headerBlock(request: SignedRequest, variant: SigningVariant): string {
  const listed = request.signedHeaders ?? (variant.defaultBlock === 'key' ? ['X-Ca-Key'] : []);
  const names = listed.filter((name) => !NEVER_SIGNED.has(name.toLowerCase()));
  const spelled = variant.headerNames === 'lower' ? names.map((name) => name.toLowerCase()) : names;
  const ordered = variant.headerOrder === 'sorted' ? [...spelled].sort() : spelled;
  return ordered.map((name) => `${name}:${request.headers[name.toLowerCase()] ?? ''}\n`).join('');
}

function canonicalUrl(request: SignedRequest, variant: SigningVariant): string {
  const path = variant.path === 'without-api' ? request.path.replace(/^\/api(?=\/)/, '') : request.path;
  const first = new Map<string, string>();
  for (const [key, value] of request.parameters) {
    if (!first.has(key)) first.set(key, value);
  }
  if (first.size === 0) return path;
  const pairs = [...first.keys()].sort().map((key) => parameter(key, first.get(key) ?? '', variant));
  return `${path}?${pairs.join('&')}`;
}

function parameter(key: string, value: string, variant: SigningVariant): string {
  return value === '' && variant.emptyValue === 'bare' ? key : `${key}=${value}`;
}
