import { openApi } from '@signet/protocol/open-api';
import { describe, expect, it } from 'vitest';
import { FILE_ENDPOINTS, SDK_METHODS } from './methods.ts';

describe('the methods of the client', () => {
  it('name every endpoint of the catalogue exactly once', () => {
    const named = Object.values(SDK_METHODS).flatMap((group) => Object.values(group));

    expect(named.toSorted()).toEqual(Object.keys(openApi).toSorted());
  });

  it('take a file where the catalogue says multipart', () => {
    const multipart = Object.entries(openApi).filter(([, endpoint]) => endpoint.multipart);

    expect(multipart.map(([name]) => name).toSorted()).toEqual([...FILE_ENDPOINTS]);
  });
});
