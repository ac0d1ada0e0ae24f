import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export function ActivityScreen() {
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.activity}>
      <h1>Activity</h1>
    </main>
  );
}
