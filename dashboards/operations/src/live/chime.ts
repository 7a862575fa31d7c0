import type { Severity } from '@brain/contracts';
import { createExternalStore } from '../elements/external-store.js';

/** A browser lets a page make sound only after the user did something on it. */
export const soundReady = createExternalStore(false);

let context: AudioContext | undefined;

export function unlockSoundOnGesture(): () => void {
  const unlock = (): void => {
    context ??= new AudioContext();
    void context.resume().then(() => soundReady.set(context?.state === 'running'));
  };
  const options = { capture: true };
  window.addEventListener('pointerdown', unlock, options);
  window.addEventListener('keydown', unlock, options);
  return () => {
    window.removeEventListener('pointerdown', unlock, options);
    window.removeEventListener('keydown', unlock, options);
  };
}

const TUNES: Partial<Record<Severity, readonly number[]>> = { CRITICAL: [880, 660, 880, 660], MAJOR: [660, 880] };

/** Two notes for MAJOR, four for CRITICAL, nothing for the rest: an alarm that always rings is not heard. */
export function chime(severity: Severity): void {
  const notes = TUNES[severity];
  if (context?.state !== 'running' || notes === undefined) return;
  for (const [index, frequency] of notes.entries()) beep(context, frequency, context.currentTime + index * 0.16);
}

function beep(audio: AudioContext, frequency: number, start: number): void {
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.15);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.16);
}
