import './kbd.css';

/** Keys that are pressed together: `Ctrl+Shift+H`. */
export function Kbd({ keys }: { readonly keys: string }) {
  // The plus key itself would be taken for the join.
  const parts = keys.split(/(?<!^)\+(?!$)/);
  return (
    <span className="keys">
      {parts.map((key) => (
        <kbd key={key} className="key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
