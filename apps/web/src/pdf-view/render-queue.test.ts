import { describe, expect, it } from 'vitest';
import { createRenderQueue } from './render-queue.ts';

const forever = () => new AbortController().signal;

describe('the queue of pages to draw', () => {
  it('draws the page nearest to the reader first, as it stands when a place is free', async () => {
    const queue = createRenderQueue(1);
    const drawn: string[] = [];
    const draw = (name: string) => async () => {
      drawn.push(name);
    };
    let distanceOfFar = 9;

    const jobs = [
      queue.add(() => 0, forever(), draw('first')),
      queue.add(() => 5, forever(), draw('near')),
      queue.add(() => distanceOfFar, forever(), draw('far')),
    ];
    distanceOfFar = 1;
    await Promise.all(jobs);

    expect(drawn).toEqual(['first', 'far', 'near']);
  });

  it('leaves out what has gone out of sight meanwhile', async () => {
    const queue = createRenderQueue(1);
    const gone = new AbortController();
    const drawn: string[] = [];

    const jobs = [
      queue.add(
        () => 0,
        forever(),
        async () => {
          gone.abort();
        },
      ),
      queue.add(
        () => 1,
        gone.signal,
        async () => {
          drawn.push('gone');
        },
      ),
    ];
    await Promise.all(jobs);

    expect(drawn).toEqual([]);
  });

  it('goes on after a page that could not be drawn', async () => {
    const queue = createRenderQueue(1);
    const drawn: string[] = [];

    const broken = queue.add(
      () => 0,
      forever(),
      () => Promise.reject(new Error('broken')),
    );
    const after = queue.add(
      () => 1,
      forever(),
      async () => {
        drawn.push('after');
      },
    );

    await expect(broken).rejects.toThrow('broken');
    await after;
    expect(drawn).toEqual(['after']);
  });
});
