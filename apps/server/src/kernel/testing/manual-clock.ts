import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private instant: number;

  constructor(start: Date) {
    this.instant = start.getTime();
  }

  now(): Date {
    return new Date(this.instant);
  }

  advance(step: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 } = step;
    this.instant += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
  }

  set(instant: Date): void {
    this.instant = instant.getTime();
  }
}
