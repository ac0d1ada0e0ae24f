import '#renderer/bridge/configure-zod.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '#renderer/ui/tokens.css';
import '#renderer/ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { bridge } from '#renderer/bridge/window-bridge.ts';
import { startClock } from '#renderer/stores/clock-store.ts';
import { startDeskFeed } from '#renderer/stores/desk-feed.ts';
import { Desk } from './desk.tsx';
import { reportWindowFaults } from './faults/report-fault.ts';
import { RootBoundary } from './faults/root-boundary.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

reportWindowFaults();
startClock();
startDeskFeed(bridge);
createRoot(root).render(
  <StrictMode>
    <RootBoundary>
      <Desk />
    </RootBoundary>
  </StrictMode>,
);
