import type { TableLine } from './table-lines.ts';

export interface EngineHeadingProps {
  readonly line: Extract<TableLine, { readonly kind: 'engine' }>;
}

/** An engine's name over its vaults, and which of them powers it. */
export function EngineHeading({ line }: EngineHeadingProps) {
  const { engine, vaults, activeName } = line;
  return (
    <>
      <span className="vt-engine-name">{engine}</span>
      <span className="faint">
        {vaults === 1 ? '1 vault' : `${vaults} vaults`}
        {activeName === null ? ' · none active' : ` · ${activeName} is active`}
      </span>
    </>
  );
}
