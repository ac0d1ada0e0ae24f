/** The mark of the app icon: a hull on the water line with its keel. */
export function KeelMark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden>
      <path
        d="M2.5 8h19c-.6 4.6-3.6 7.4-7.4 8L12 22l-2.1-6C6.1 15.400 3.100 12.600 2.500 8Z"
        fill="var(--accent)"
      />
      <path d="M4.500 4.200h15" stroke="var(--text-3)" strokeWidth="1.800" strokeLinecap="round" />
    </svg>
  );
}
