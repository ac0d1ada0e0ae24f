/** The focus is never nowhere: when what had it goes away, it falls to what was around it. */

/** What has a focus of its own while it is there, and gives it back by itself. */
const OVER_THE_DESK = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/**
 * Watches until it is told to stop.
 * @param frame around the screen in front: it takes the focus where nothing nearer can
 */
export function keepFocusAtHome(frame: HTMLElement): () => void {
  let last: HTMLElement | null = null;
  let around: readonly HTMLElement[] = [];
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    around = ancestorsOf(target);
  };
  let looking: ReturnType<typeof setTimeout> | undefined;
  const bringHome = () => {
    looking = undefined;
    const active = document.activeElement;
    if ((active !== document.body && active !== null) || around.length === 0) return;
    // Still there: the trader has left it, with Tab past the last control for instance.
    if (last?.isConnected === true) return;
    if (document.querySelector(OVER_THE_DESK) !== null) return;
    const home = around.find((each) => each.isConnected && each.hasAttribute('tabindex'));
    around = [];
    (home ?? frame).focus({ preventScroll: true });
  };
  // The browser says nothing when it takes the focus from an element that is removed. It has nothing in focus either while
  // the focus goes from one to another, and what closes then (a hint) is a change: so it is looked at afterwards.
  const observer = new MutationObserver(() => {
    looking ??= setTimeout(bringHome, 0);
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
    clearTimeout(looking);
  };
}

function ancestorsOf(element: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let each = element.parentElement; each !== null; each = each.parentElement) found.push(each);
  return found;
}
