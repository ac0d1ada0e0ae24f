import './tour.css';
import { GraduationCap } from 'lucide-react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { isOffered } from './tour-facts.ts';
import {
  beginTour,
  continueTour,
  declineTour,
  factsNow,
  isBegun,
  putOffTour,
  useTourStore,
} from './tour-store.ts';
import { useSeen } from './use-seen.ts';

/** On the Overview: the tour at the first start; put off or left, a line that leads back to it. */
export function TourOffer() {
  const tour = useDeskStore((state) => state.settings.desk.tour);
  const networks = useDeskStore((state) => state.networks);
  const offered = useVaultStore(({ views }) => isOffered(tour, views, networks));
  const running = useTourStore((state) => state.run !== null);
  if (!offered || running) return null;
  return tour === 'new' ? <Offer /> : <Reminder />;
}

function Offer() {
  return (
    <section
      className="tour-offer panel"
      aria-labelledby="tour-offer"
      data-testid={TEST_IDS.tourOffer}
    >
      <GraduationCap size={22} aria-hidden />
      <div className="tour-offer-words">
        <h2 id="tour-offer">New here? Try Keel with play money</h2>
        <p>
          See a vault, deposit, break the practice network, and watch what Keel does about it.
          Everything in it is real but the money.
        </p>
      </div>
      <div className="tour-offer-acts">
        <Button tone="primary" data-testid={TEST_IDS.tourBegin} onClick={beginTour}>
          Take the tour (3 minutes)
        </Button>
        <Button data-testid={TEST_IDS.tourLater} onClick={putOffTour}>
          Later
        </Button>
        <Button tone="quiet" data-testid={TEST_IDS.tourDecline} onClick={declineTour}>
          I know my way
        </Button>
      </div>
    </section>
  );
}

function Reminder() {
  const begun = useSeen(() => String(isBegun(factsNow(0)))) === 'true';
  return (
    <section className="tour-reminder" aria-label="The tour" data-testid={TEST_IDS.tourOffer}>
      <GraduationCap size={15} aria-hidden />
      <p>{begun ? 'The tour was left half-way.' : 'The tour takes 3 minutes, with play money.'}</p>
      <Button
        data-testid={begun ? TEST_IDS.tourContinue : TEST_IDS.tourBegin}
        onClick={begun ? continueTour : beginTour}
      >
        {begun ? 'Continue the tour' : 'Take the tour'}
      </Button>
      <Button tone="quiet" data-testid={TEST_IDS.tourDecline} onClick={declineTour}>
        I know my way
      </Button>
    </section>
  );
}
