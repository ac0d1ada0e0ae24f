import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export function OverviewScreen() {
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.overview}>
      <h1>Overview</h1>
    </main>
  );
}
