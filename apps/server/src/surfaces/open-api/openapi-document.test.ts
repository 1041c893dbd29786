import { CALLBACK_TYPES } from '@signet/protocol/callbacks';
import { API_ERRORS } from '@signet/protocol/errors';
import { openApi } from '@signet/protocol/open-api';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi-document.ts';
import { type JsonSchema, wireSchema } from './openapi-schema.ts';

const sandbox = openApiDocument({ publicUrl: 'https://sign.example', mode: 'sandbox' });
const production = openApiDocument({ publicUrl: 'https://sign.example', mode: 'production' });

function everyField(schema: JsonSchema, at: string): { path: string; schema: JsonSchema }[] {
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    { path: `${at}.${name}`, schema: inner },
    ...everyField(inner, `${at}.${name}`),
  ]);
  const nested = [schema.items, ...(schema.anyOf ?? [])].filter((part) => part !== undefined);
  return [...properties, ...nested.flatMap((part) => everyField(part, at))];
}

describe('the OpenAPI document', () => {
  it('holds every endpoint of the catalogue at its primary path with all its methods', () => {
    const served = Object.entries(sandbox.paths).map(([path, item]) => [path, Object.keys(item)]);
    const declared = Object.values(openApi).map(({ path, methods }) => [path, methods.map((m) => m.toLowerCase())]);

    expect(served).toEqual(declared);
  });

  it('names every operation once', () => {
    const ids = Object.values(sandbox.paths).flatMap((item) => Object.values(item).map((o) => o.operationId));

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves the test helpers out in production', () => {
    expect(sandbox.paths).toHaveProperty(['/open/sandbox/sign']);
    expect(production.paths).not.toHaveProperty(['/open/sandbox/sign']);
    expect(production.tags).not.toContainEqual({ name: '沙箱' });
  });

  it('puts the fields of a GET into the query', () => {
    const parameters = sandbox.paths['/open/contract/signer']?.get?.parameters ?? [];

    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['contractId', false],
      ['businessCode', false],
      ['accountId', true],
    ]);
  });

  it('offers an upload as JSON and as multipart', () => {
    const content = sandbox.paths['/open/file/upload']?.post?.requestBody?.content ?? {};

    expect(Object.keys(content)).toEqual(['application/json', 'multipart/form-data']);
    expect(content['multipart/form-data']?.schema.properties).toHaveProperty('file.format', 'binary');
  });

  it('lists the aliases of a path', () => {
    expect(sandbox.paths['/open/contract/start']?.post?.['x-aliases']).toContain('/open/contract/createByFile');
  });

  it('wraps each result in the envelope, fields in wire order', () => {
    const schema = sandbox.paths['/open/psnGet']?.get?.responses[200].content['application/json']?.schema;

    expect(Object.keys(schema?.properties ?? {})).toEqual(['result', 'code', 'msg', 'logKey', 'ts', 'success']);
  });

  it('prints every code of the error catalogue', () => {
    const printed = sandbox['x-error-codes'].map(({ code }) => code);

    expect(new Set(printed)).toEqual(new Set(Object.values(API_ERRORS).map(({ code }) => code)));
  });

  it('describes every callback', () => {
    expect(Object.keys(sandbox.webhooks)).toEqual(Object.keys(CALLBACK_TYPES));
  });

  it('never forbids unknown fields', () => {
    expect(JSON.stringify(sandbox)).not.toContain('"additionalProperties":false');
  });
});

describe('the notes of fields', () => {
  it('cover every field of the catalogue', () => {
    const fields = Object.entries(openApi).flatMap(([name, { input, result }]) => [
      ...everyField(wireSchema(input, name), name),
      ...everyField(wireSchema(result, name), name),
    ]);

    expect(fields.filter(({ schema }) => !schema.description).map(({ path }) => path)).toEqual([]);
  });

  it('cover every field of the callbacks', () => {
    const fields = Object.entries(sandbox.webhooks).flatMap(([name, { post }]) =>
      everyField(post.requestBody.content['application/json'].schema, name),
    );

    expect(fields.filter(({ schema }) => !schema.description).map(({ path }) => path)).toEqual([]);
  });

  it('tell a keyword text from the text of a message', () => {
    const input = wireSchema(openApi.startContract.input, 'startContract');
    const fields = everyField(input, 'startContract');

    expect(fields.find(({ path }) => path.endsWith('keyword.text'))?.schema.description).toBe('关键字');
  });
});
