import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export function AboutScreen() {
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.about}>
      <h1>About</h1>
    </main>
  );
}
