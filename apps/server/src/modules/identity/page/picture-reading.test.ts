/** Pages of an installation that cannot read pictures. The reader itself is tried over HTTP, in `tests/verification-pages`. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../kernel/http-client.ts';
import { createLocalOcr } from '../../../providers/ocr-local/index.ts';
import { ocrMember } from '../../../providers/ocr-local/member.ts';
import { createRecognition } from '../../recognition/index.ts';
import { APP, startIdentity } from '../testing/identity-fixture.ts';
import type { PageVisit } from './visit.ts';

const elsewhere = ocrMember(`/nowhere/${randomBytes(4).toString('hex')}/`);

describe('pictures where no reader is installed', () => {
  it('are not offered, and one that is sent all the same is told so and costs no try', async () => {
    const reader = createLocalOcr({ member: elsewhere });
    const recognition = createRecognition({ reader, httpClient: createHttpClient({ allow: [] }) });
    const { identity, database, drop } = await startIdentity({ recognition });
    const step = { modes: undefined };
    const link = { kind: 'person', prefilled: { person: {} }, person: step, clientType: 'h5', redirect: null } as const;
    const { pageId } = await identity.openPage(APP, link);
    const visit = { app: APP, pageId, ticket: {}, isExpired: false } as unknown as PageVisit;
    const { pageCeremony } = identity;
    await pageCeremony.giveConsent(visit, '1');
    await pageCeremony.consentToPictures(visit, { version: '1', agrees: true });
    const send = () =>
      pageCeremony.readPicture(visit, { kind: 'idCardFront', imageBase64: 'AAAA', consentVersion: '1' });

    expect((await pageCeremony.view(visit)).pictureReader).toBe('none');
    await expect(send()).rejects.toThrow('OCR_UNAVAILABLE');
    const { rows } = await database.db.execute('select picture_tries from verification_page_progress');
    expect(rows).toEqual([{ picture_tries: 0 }]);
    await drop();
  });
});
