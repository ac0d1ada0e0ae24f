import { Unplug } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { mendNetwork, useTourStore } from './tour-store.ts';

/** What the tour has broken is told on every screen for as long as it is. */
export function TourNotice() {
  const owes = useTourStore((state) => state.owesMending);
  const running = useTourStore((state) => state.run !== null);
  if (!owes) return null;
  return (
    <div className="tour-notice" role="status" data-testid={TEST_IDS.tourNotice}>
      <Unplug size={15} aria-hidden />
      <p>
        {running
          ? 'The tour has broken the practice network. No other network is touched.'
          : 'The practice network is still broken by the tour; Keel is mending it.'}
      </p>
      <Button data-testid={TEST_IDS.tourNoticeMend} onClick={() => void mendNetwork()}>
        Mend it now
      </Button>
    </div>
  );
}
