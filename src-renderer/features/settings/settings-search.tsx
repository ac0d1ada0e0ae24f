import { Search } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { findSettings, labelOf, openSetting, type SettingEntry } from './settings-index.ts';

const MOST_SHOWN = 8;

/** Finds a setting by its words, and jumps to it. */
export function SettingsSearch() {
  const [query, setQuery] = useState('');
  const listRef = useRef<HTMLUListElement>(null);
  const found = findSettings(query).slice(0, MOST_SHOWN);
  const jump = (setting: SettingEntry) => {
    setQuery('');
    openSetting(setting);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = found;
    if (event.key === 'Enter' && first !== undefined) jump(first);
    if (event.key === 'ArrowDown') listRef.current?.querySelector('button')?.focus();
    if (event.key === 'Escape' && query !== '') {
      event.stopPropagation();
      setQuery('');
    }
  };
  return (
    <search className="settings-search">
      <div className="field-control">
        <Search size={14} aria-hidden />
        <input
          type="search"
          aria-label="Search the settings"
          placeholder="Search the settings"
          autoComplete="off"
          spellCheck={false}
          value={query}
          data-testid={TEST_IDS.settingsSearch}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {query.trim() !== '' && (
        <div className="settings-found" data-testid={TEST_IDS.settingsFound}>
          <p className="visually-hidden" role="status">
            {found.length === 1 ? 'One setting found' : `${found.length} settings found`}
          </p>
          {found.length === 0 && <p className="settings-none">No setting is called that.</p>}
          <ul ref={listRef}>
            {found.map((setting) => (
              <li key={setting.id}>
                <button type="button" onClick={() => jump(setting)} onKeyDown={moveFocus}>
                  {setting.label}
                  <span className="faint">{labelOf(setting.section)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </search>
  );
}

/** Up and down between the found ones. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const buttons = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(Math.max(at + by, 0), buttons.length - 1)]?.focus();
}
