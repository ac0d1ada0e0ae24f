/** The mark of the app icon: a yacht whose keel is what stands out. */
export function KeelMark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="84 60 344 390" aria-hidden>
      <path d="M262 74c66 40 104 92 116 148H262Z" fill="var(--text)" />
      <path d="M238 110v112h-92c14-46 46-84 92-112Z" fill="var(--text-3)" />
      <path d="M84 244h344c-18 52-62 80-122 80H190c-54 0-92-28-106-80Z" fill="var(--text)" />
      <path
        d="M212 340h82l-12 60h34c18 0 30 9 30 20s-12 20-30 20H196c-18 0-30-9-30-20s12-20 30-20h28Z"
        fill="var(--practice)"
      />
    </svg>
  );
}
