import type { ReactNode } from 'react';

/** One part with its name beneath it. */
export function Sample({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="sample">
      <div className="sample-part">{children}</div>
      <span className="sample-name">{name}</span>
    </div>
  );
}

export const Samples = ({ children }: { readonly children: ReactNode }) => (
  <div className="samples">{children}</div>
);
