import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export function SettingsScreen() {
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.settings}>
      <h1>Settings</h1>
    </main>
  );
}
