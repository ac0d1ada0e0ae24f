import { create } from 'zustand';
import type { KeelError } from '#domain/keel-error.ts';

export type ToastTone = 'good' | 'info' | 'bad';

export interface Toast {
  readonly id: number;
  readonly tone: ToastTone;
  readonly title: string;
  readonly text: string;
}

const MAX_TOASTS = 3;
let lastId = 0;

export const useToastStore = create<{ readonly toasts: readonly Toast[] }>()(() => ({
  toasts: [],
}));

export function showToast(tone: ToastTone, title: string, text = ''): void {
  lastId += 1;
  const toast = { id: lastId, tone, title, text };
  useToastStore.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-MAX_TOASTS) }));
}

export function showError(title: string, error: KeelError): void {
  showToast('bad', title, `${error.message} ${error.advice}`);
}

export function dismissToast(id: number): void {
  useToastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
