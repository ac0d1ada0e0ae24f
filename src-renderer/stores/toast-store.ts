import { create } from 'zustand';
import type { KeelError } from '#domain/keel-error.ts';

export type ToastTone = 'good' | 'info' | 'bad';

/** One button within a toast; a press also takes the toast away. */
export interface ToastAct {
  readonly label: string;
  readonly act: () => void;
}

export interface Toast {
  readonly id: number;
  readonly tone: ToastTone;
  readonly title: string;
  readonly text: string;
  readonly act: ToastAct | null;
}

const MAX_TOASTS = 3;
let lastId = 0;

export const useToastStore = create<{ readonly toasts: readonly Toast[] }>()(() => ({
  toasts: [],
}));

/** Answers with the toast's id, for `dismissToast`. */
export function showToast(
  tone: ToastTone,
  title: string,
  text = '',
  act: ToastAct | null = null,
): number {
  lastId += 1;
  const toast = { id: lastId, tone, title, text, act };
  useToastStore.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-MAX_TOASTS) }));
  return lastId;
}

export function showError(title: string, error: KeelError): void {
  showToast('bad', title, `${error.message} ${error.advice}`);
}

export function dismissToast(id: number): void {
  useToastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
