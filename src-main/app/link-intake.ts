import { app } from 'electron';
import { LINK_SCHEME, linkAmong } from './deep-links.ts';

export interface LinkIntake {
  /** Everything that has come so far, and whatever comes later. */
  handTo(open: (link: string) => void): void;
}

/**
 * Takes links from the arguments of the start and, on macOS, from the system, which may hand one over before the app is
 * ready. A package says that it opens them; in development only the arguments count.
 */
export function takeLinks(): LinkIntake {
  const first = linkAmong(process.argv.slice(1));
  let waiting = first === null ? [] : [first];
  let open: ((link: string) => void) | null = null;
  app.on('open-url', (event, link) => {
    event.preventDefault();
    if (open === null) waiting.push(link);
    else open(link);
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  return {
    handTo(to) {
      open = to;
      const arrived = waiting;
      waiting = [];
      arrived.forEach(to);
    },
  };
}
