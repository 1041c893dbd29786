import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('drops the entry that was unused for longest', () => {
  const recent = new RecentMap<string, number>(2);
  recent.set('a', 1);
  recent.set('b', 2);

  recent.get('a');
  recent.set('c', 3);

  expect([recent.get('a'), recent.get('b'), recent.get('c'), recent.size]).toEqual([1, undefined, 3, 2]);
});

it('counts a replaced entry once', () => {
  const recent = new RecentMap<string, number>(2);
  recent.set('a', 1);
  recent.set('b', 2);

  recent.set('a', 3);

  expect([recent.get('a'), recent.get('b'), recent.size]).toEqual([3, 2, 2]);
});
