import { openApi } from '@signet/protocol/open-api';
import { contentMd5 } from '@signet/protocol/request-signature';
import { describe, expect, it } from 'vitest';
import { type Environment, processEnvironment } from './environment.ts';
import { plainRequest, signedRequest } from './signed-request.ts';

const credentials = { baseUrl: 'http://signet.test', appKey: '203900001', appSecret: 'qd-test-secret-0001' };
const frozen: Environment = {
  ...processEnvironment(),
  now: () => 1731665282313,
  nonce: () => '4f1c2b9e-7a11-4f0e-9d8e-0c5c1b2a3d4e',
};

describe('the request that leaves the client', () => {
  it('carries the documented signature of a JSON POST', async () => {
    const facts = {
      psnName: '张三',
      psnIDCardType: 'CRED_PSN_CH_IDCARD',
      psnIDCardNum: '110101199003078857',
      psnMobile: '13800000000',
    };

    const { init } = signedRequest(
      credentials,
      await plainRequest(openApi.checkPersonCarrier, facts, undefined),
      frozen,
    );

    expect(init.headers['Content-MD5']).toBe('2V0hekHVP5W9so2K+tmfhQ==');
    expect(init.headers['X-Ca-Signature']).toBe('kUwRfovq1OfSz77p0FYB8Zt+0k+C/Vfi77aXTYZWlAc=');
  });

  it('carries the documented signature of a GET', async () => {
    const plain = await plainRequest(openApi.getPerson, { accountId: '1120' }, undefined);

    const { url, init } = signedRequest(credentials, plain, frozen);

    expect(url).toBe('http://signet.test/api/open/psnGet?accountId=1120');
    expect(init.headers['X-Ca-Signature']).toBe('RakWusYoOpqopt3b5dRzaWu/f3+U6b5VMzPxaRw2Q0c=');
  });

  it('carries the documented signature of a GET with an empty value', async () => {
    const input = { contractId: '1897893172027068416', businessCode: '', accountId: '3321' };

    const { init } = signedRequest(credentials, await plainRequest(openApi.getContractParty, input, undefined), frozen);

    expect(init.headers['X-Ca-Signature']).toBe('JaOqLrMjYnXH00jXj7naghn5VhsmejAJONhqeANKgGE=');
  });

  it('percent-encodes the address but signs the plain values', async () => {
    const plain = await plainRequest(openApi.listSandboxRegistry, { keyword: '张 &=+' }, undefined);

    const { url, stringToSign } = signedRequest(credentials, plain, frozen);

    expect(url).toContain('keyword=%E5%BC%A0%20%26%3D%2B');
    expect(stringToSign).toContain('?keyword=张 &=+');
  });

  it('leaves absent values out of the query', async () => {
    const plain = await plainRequest(openApi.getPerson, { accountId: '1', psnIDCardNum: undefined }, undefined);

    expect(plain.parameters).toEqual([['accountId', '1']]);
  });

  it('sends a file as one part named file and signs its boundary and digest', async () => {
    const file = new TextEncoder().encode('%PDF-1.7');

    const plain = await plainRequest(openApi.uploadFile, { file, fileName: '租赁合同.pdf' }, undefined);
    const { init, stringToSign } = signedRequest(credentials, plain, frozen);

    expect(stringToSign).toContain(`multipart/form-data; boundary=${init.headers['Content-Type']?.split('=')[1]}`);
    expect(stringToSign).toContain(contentMd5(plain.body ?? new Uint8Array()));
    expect(Buffer.from(plain.body ?? []).toString()).toContain('name="file"; filename="租赁合同.pdf"');
  });
});
