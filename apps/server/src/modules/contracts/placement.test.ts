import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestedPlacement } from './contract.ts';
import { footerOf, planPlacement } from './placement.ts';

const A4 = { width: 595, height: 842 };
const SEAL = { width: 119, height: 119 };
const PATH = 'signers[0].signFields[0]';

const at = (page: number, x: number, y: number, more: Partial<RequestedPlacement> = {}): RequestedPlacement => ({
  style: 'single-page',
  dateFormat: null,
  page,
  x,
  y,
  size: null,
  ...more,
});

const plan = (placement: RequestedPlacement, pages = [A4, A4], sandbox = false) =>
  planPlacement({ placement, sealSize: SEAL, pages, sandbox, path: PATH });

/** A name seal, and wider paper for a signature. */
const planForHand = (placement: RequestedPlacement) =>
  planPlacement({
    ...{ placement, pages: [A4, A4], sandbox: false, path: PATH },
    ...{ sealSize: { width: 60, height: 60 }, signatureSize: { width: 114, height: 43 } },
  });

describe('a placement by coordinates', () => {
  it('is centred on the point', () => {
    expect(plan(at(1, 300, 400)).places).toEqual([{ page: 1, rect: { x: 240.5, y: 340.5, width: 119, height: 119 } }]);
  });

  it('takes the size the caller wants', () => {
    expect(plan(at(2, 300, 400, { size: { width: 50, height: 20 } })).places[0]?.rect).toEqual({
      x: 275,
      y: 390,
      width: 50,
      height: 20,
    });
  });

  it('has room below the seal for the date and the notice of a sandbox', () => {
    const { dateHeight, noticeHeight } = footerOf(true, true);
    const below = dateHeight + noticeHeight;

    expect(below).toBeGreaterThan(dateHeight);
    expect(plan(at(1, 300, 400, { dateFormat: 'YYYY-MM-DD' }), [A4], true).places[0]?.rect).toMatchObject({
      y: 340.5 - below,
      height: 119 + below,
    });
  });

  it('is moved inside the page and named in the warnings', () => {
    const { places, warnings } = plan(at(1, 5, 840));

    expect(places[0]?.rect).toEqual({ x: 0, y: 723, width: 119, height: 119 });
    expect(warnings).toEqual([`${PATH}: 签章超出页面,已移至页内`]);
  });

  it('of a party who may sign by hand has room for that around the seal', () => {
    expect(planForHand(at(1, 300, 400)).places[0]?.rect).toEqual({ x: 243, y: 370, width: 114, height: 60 });
  });

  it.each([
    ['has less of it near an edge', at(1, 40, 400), { x: 0, y: 370, width: 80, height: 60 }],
    ['takes the size the caller wants instead', at(1, 300, 400, { size: { width: 50, height: 20 } }), { width: 50 }],
  ])('%s, and is not moved for it', (_, placement, rect) => {
    const { places, warnings } = planForHand(placement);

    expect(places[0]?.rect).toMatchObject(rect);
    expect(warnings).toEqual([]);
  });

  it('is refused on a page that does not exist, naming the field', () => {
    expect(() => plan(at(3, 100, 100))).toThrow(
      expect.objectContaining({ msg: `参数错误. ${PATH}.signFieldPosition.positionPage: 页码不存在,文件共2页` }),
    );
  });

  it('always lies inside its page', () => {
    fc.assert(
      fc.property(fc.integer({ min: -900, max: 1700 }), fc.integer({ min: -900, max: 1700 }), (x, y) => {
        const rect = plan(at(1, x, y)).places[0]?.rect;
        return (
          rect !== undefined && rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= 595 && rect.y + rect.height <= 842
        );
      }),
    );
  });
});

describe('a cross-page seal', () => {
  const crossPage = at(0, 0, 400, { style: 'cross-page' });

  it('is cut into one slice for each page, at the right edge', () => {
    const { places } = plan(crossPage, [A4, A4, A4, A4]);

    expect(places.map((place) => place.page)).toEqual([1, 2, 3, 4]);
    expect(places.map((place) => place.slice)).toEqual([
      { from: 0, to: 0.25 },
      { from: 0.25, to: 0.5 },
      { from: 0.5, to: 0.75 },
      { from: 0.75, to: 1 },
    ]);
    expect(places.every((place) => place.rect.x + place.rect.width === A4.width)).toBe(true);
  });

  it('starts anew before its slices get too thin, and every page has exactly one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), (pageCount) => {
        const { places } = plan(
          crossPage,
          Array.from({ length: pageCount }, () => A4),
        );
        const thin = places.some((place) => place.rect.width < SEAL.width / 20 - 1e-9);
        const whole = places.filter((place) => place.slice?.from === 0).length;
        const alone = places.some((place) => place.slice?.from === 0 && place.slice.to === 1);
        return places.length === pageCount && !thin && !alone && whole === Math.ceil(pageCount / 20);
      }),
    );
  });

  it('is refused on a file of one page', () => {
    expect(() => plan(crossPage, [A4])).toThrow(expect.objectContaining({ code: 'oc_40020' }));
  });
});
