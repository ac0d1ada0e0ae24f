import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export function DesignScreen() {
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.design}>
      <h1>Design</h1>
    </main>
  );
}
