import type { MainServices } from '#main/ipc/main-handlers.ts';
import type { PracticeReady } from './practice-link.ts';
export function createPracticeControl(
  _ready: () => PracticeReady | null,
): MainServices['practice'] {
  throw new Error('todo');
}
