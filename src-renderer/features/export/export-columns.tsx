import { ChevronRight } from 'lucide-react';
import type { ExportSubject } from '#domain/data-export.ts';
import { EXPORT_COLUMNS } from '#domain/export-columns.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** What is in the file, column by column. */
export function ExportColumns({ subject }: { readonly subject: ExportSubject }) {
  const columns = EXPORT_COLUMNS[subject];
  return (
    <details className="export-columns" data-testid={TEST_IDS.exportColumns}>
      <summary>
        <ChevronRight size={14} aria-hidden />
        What is in it: {columns.length} columns
      </summary>
      {/* It scrolls by itself, so the keyboard has to get there. */}
      <div className="export-columns-list" tabIndex={0} role="region" aria-label="Columns">
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Unit</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, unit, meaning }) => (
              <tr key={name}>
                <th scope="row" className="mono">
                  {name}
                </th>
                <td>{unit === '' ? '–' : unit}</td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="export-note">
        An empty cell (JSON: null) is a value that is not known, never a zero. Amounts are exact.
      </p>
    </details>
  );
}
