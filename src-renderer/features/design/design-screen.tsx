import './design.css';
import { useState, type ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { ColourSection } from './colour-section.tsx';
import { ControlSection } from './control-section.tsx';
import { FigureSection } from './figure-section.tsx';
import { ScaleSection } from './scale-section.tsx';
import { StateSection } from './state-section.tsx';

interface Part {
  readonly title: string;
  readonly show: () => ReactNode;
}

const PARTS: readonly Part[] = [
  { title: 'Figures', show: FigureSection },
  { title: 'Controls', show: ControlSection },
  { title: 'States', show: StateSection },
  { title: 'Type and space', show: ScaleSection },
  { title: 'Colours', show: ColourSection },
];

/** Every token and every part in all its states: for looking at, and for the tests. */
export function DesignScreen() {
  const [faulty, setFaulty] = useState(false);
  return (
    <main className="screen screen-scroll design" data-testid={TEST_IDS.design}>
      <ScreenHeader
        title="Design"
        note="All parts in all states; the figures on this page are made up."
        actions={
          <Button data-testid={TEST_IDS.designFault} onClick={() => setFaulty(true)}>
            Break this screen
          </Button>
        }
      />
      {faulty && <Faulty />}
      {PARTS.map(({ title, show: Show }) => (
        <section key={title} className="design-part" aria-label={title}>
          <h2>{title}</h2>
          <Show />
        </section>
      ))}
    </main>
  );
}

/** Throws as a part with a fault in it would. */
function Faulty(): never {
  throw new Error('The design page was broken on purpose.');
}
