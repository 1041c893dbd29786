/** Whether somebody blinks or turns the head, from one picture to the next. Each movement goes out and comes back. */
import type { FaceSeen } from './sight.ts';

export type Movement = 'blink' | 'turn-left' | 'turn-right';
/** `away`: the eyes are shut, the head is turned. */
export type Phase = 'rest' | 'away' | 'done';

/** Parts of this person's usual opening, since eyes differ by more than a blink does. */
const SHUT = 0.55;
const OPEN = 0.8;
/** Radians: 24° away, and less than 11° from the middle again. */
const TURNED = 0.42;
const MIDDLE = 0.19;
/** With the head turned or bowed, the lids look shut. */
const STEADY_YAW = 0.3;
const STEADY_PITCH = 0.35;

/** @param usual how far this person's eyes are open when they look at the camera. */
export function nextPhase(phase: Phase, movement: Movement, face: FaceSeen, usual: number): Phase {
  if (phase === 'done') return phase;
  return movement === 'blink' ? nextOfBlink(phase, face, usual) : nextOfTurn(phase, towards(movement, face.yaw));
}

/** The head goes to the other side than was asked for. */
export function isWrongWay(movement: Movement, { yaw }: FaceSeen): boolean {
  return movement !== 'blink' && towards(movement, yaw) <= -TURNED;
}

/** The upper quarter's least: who blinks while being placed has not shown how far their eyes open. */
export function usualOpenness(seen: readonly number[]): number {
  return seen.toSorted((a, b) => b - a)[Math.floor(seen.length / 4)] ?? 0;
}

/** Against what was seen of these eyes so far. */
export function areEyesShut({ openness }: FaceSeen, usual: number): boolean {
  return openness <= usual * SHUT;
}

function nextOfBlink(phase: Phase, face: FaceSeen, usual: number): Phase {
  const { openness, yaw, pitch } = face;
  const isSteady = Math.abs(yaw) <= STEADY_YAW && Math.abs(pitch) <= STEADY_PITCH;
  if (!isSteady || usual <= 0) return phase;
  if (phase === 'rest') return areEyesShut(face, usual) ? 'away' : 'rest';
  return openness >= usual * OPEN ? 'done' : 'away';
}

function nextOfTurn(phase: Phase, turned: number): Phase {
  if (phase === 'rest') return turned >= TURNED ? 'away' : 'rest';
  return Math.abs(turned) <= MIDDLE ? 'done' : 'away';
}

function towards(movement: 'turn-left' | 'turn-right', yaw: number): number {
  return movement === 'turn-left' ? yaw : -yaw;
}
