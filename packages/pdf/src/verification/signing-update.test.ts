import { beforeAll, describe, expect, it } from 'vitest';
import { type ForgeSigning, signWith } from '../../testing/forged-signing.ts';
import { appearanceOf, changedField, changedObject, fieldNamed, pageRef, stamped } from '../../testing/forgery.ts';
import { createTwoPartyFile, type TwoPartyFile } from '../../testing/two-party-file.ts';
import { dict, ref } from '../syntax/objects.ts';
import type { ProblemCode } from './problem.ts';
import { verifyDocument } from './verify-document.ts';

let files: TwoPartyFile;

beforeAll(async () => {
  files = await createTwoPartyFile();
});

/** Shows a form of its own with these entries in the slice of B. */
function ownForm(entries: string, subtype = '/Form'): ForgeSigning {
  return (objects, open) => [
    ...objects.filter(({ number }) => number !== fieldNamed(open.file, 'signet-place-b2').ref.number),
    stamped(open, 'signet-place-b2', open.nextNumber),
    {
      number: open.nextNumber,
      body: `<< /Subtype ${subtype} /BBox [0 0 1 1] ${entries} /Length 0 >>\nstream\n\nendstream`,
    },
  ];
}

function changedSignature(find: string | RegExp, replacement: string): ForgeSigning {
  return (objects) =>
    objects.map(({ number, body }) => {
      const text = Buffer.from(body).toString('latin1');
      return { number, body: text.includes('/Type /Sig ') ? text.replace(find, replacement) : body };
    });
}

describe('a signing update that does more than sign', () => {
  it('is the honest update when nothing is changed', async () => {
    const report = await verifyDocument(await signWith(files.authority, files.half, 'B', (objects) => objects), {
      trustAnchors: [files.authority.root],
    });
    expect(report).toMatchObject({ valid: true, problems: [] });
  });

  const cases: readonly (readonly [string, ProblemCode, ForgeSigning])[] = [
    [
      'changes a page too',
      'PAGE_CHANGED',
      (objects, open) => [...objects, changedObject(open, pageRef(open, 1), { Contents: null })],
    ],
    [
      'fills a seal of another party',
      'SEAL_CHANGED',
      (objects, open) => [
        ...objects,
        changedField(open, 'signet-place-a2', { AP: appearanceOf(open, 'signet-place-b2') }),
      ],
    ],
    [
      'moves its own seal',
      'SEAL_CHANGED',
      (objects, open) => [
        ...objects.filter(({ number }) => number !== fieldNamed(open.file, 'signet-place-b2').ref.number),
        changedField(open, 'signet-place-b2', { Rect: [0, 0, 300, 300] }),
      ],
    ],
    [
      'carries an object along',
      'UNREACHABLE_OBJECT',
      (objects, open) => [...objects, { number: open.nextNumber + 5, body: '(spare)' }],
    ],
    [
      'shows an old object as its seal',
      'APPEARANCE_FORBIDDEN',
      (objects, open) => [
        ...objects.filter(({ number }) => number !== fieldNamed(open.file, 'signet-place-b2').ref.number),
        changedField(open, 'signet-place-b2', { AP: dict({ N: dict({ S: ref(files.fresh.layout.emptyForm) }) }) }),
      ],
    ],
    [
      'refers to optional content in its seal',
      'APPEARANCE_FORBIDDEN',
      (objects, open) => [
        ...objects.filter(({ number }) => number !== fieldNamed(open.file, 'signet-place-b2').ref.number),
        changedField(open, 'signet-place-b2', { AP: dict({ N: dict({ S: ref(open.nextNumber + 1) }) }) }),
        {
          number: open.nextNumber + 1,
          body: '<< /Subtype /Form /BBox [0 0 1 1] /OC 99 0 R /Length 0 >>\nstream\n\nendstream',
        },
      ],
    ],
    ['shows a form that depends on optional content', 'APPEARANCE_FORBIDDEN', ownForm('/OC << /Type /OCG >>')],
    ['shows a form with properties', 'APPEARANCE_FORBIDDEN', ownForm('/Resources << /Properties << >> >>')],
    ['shows something that is no form', 'APPEARANCE_FORBIDDEN', ownForm('/PS true', '/PS')],
    ['claims more in its signature', 'FIELD_CHANGED', changedSignature('/Prop_Build', '/Cert (x) /Prop_Build')],
    ['lets its signature refer to a page', 'FIELD_CHANGED', changedSignature(/\/Data \d+/, '/Data 3')],
    ['locks other fields than announced', 'FIELD_CHANGED', changedSignature('signet-place-b2', 'signet-place-a2')],
  ];

  it.each(cases)('is refused when it %s', async (_, code, change) => {
    expect(await files.problemsOf(await signWith(files.authority, files.half, 'B', change))).toContain(code);
  });
});
