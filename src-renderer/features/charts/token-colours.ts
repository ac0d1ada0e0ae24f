/** Colours of the design tokens for a canvas, which knows no custom properties. */
import { useSyncExternalStore } from 'react';

const TOKENS = [
  'text-2',
  'text-3',
  'line',
  'line-strong',
  'surface',
  'surface-3',
  'stale',
  'accent',
  'good',
  'warn',
  'bad',
  'paper',
  'practice',
  'live',
] as const;

type TokenColour = (typeof TOKENS)[number];
export type TokenColours = Readonly<Record<TokenColour, string>>;

function readColours(): TokenColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const entries = TOKENS.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<TokenColour, string>;
}

let known: TokenColours | null = null;
const listeners = new Set<() => void>();
let stop: (() => void) | null = null;

function forget(): void {
  known = null;
  for (const listener of listeners) listener();
}

/** The theme changes by an attribute of the root, or with the computer's. */
function watch(): () => void {
  const observer = new MutationObserver(forget);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const scheme = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
  scheme?.addEventListener?.('change', forget);
  return () => {
    observer.disconnect();
    scheme?.removeEventListener?.('change', forget);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
    known = null;
  };
}

/** Read again when the theme changes. */
export const useTokenColours = (): TokenColours =>
  useSyncExternalStore(subscribe, () => (known ??= readColours()));

/** `rgb(…)` with another opacity, 0 … 1. */
export function withAlpha(colour: string, alpha: number): string {
  const parts = colour.match(/[\d.]+/g)?.slice(0, 3) ?? ['0', '0', '0'];
  return `rgba(${parts.join(', ')}, ${alpha})`;
}
