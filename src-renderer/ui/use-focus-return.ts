import { useState } from 'react';

/** What had the focus before the dialog that is open, or before the first of several that followed each other. */
let opener: HTMLElement | null = null;

/**
 * Gives the focus back when a dialog closes: to what had it, and where that has gone to the screen. Radix gives it to the
 * dialog's trigger only, and the desk's dialogs have none.
 * @returns for `onCloseAutoFocus`
 */
export function useFocusReturn(): (event: Event) => void {
  const [from] = useState(openerNow);
  return (event) => {
    event.preventDefault();
    // The next dialog has the focus already.
    if (document.querySelector('[role="dialog"]') !== null) return;
    const home = from?.isConnected === true ? from : document.querySelector('.desk-screen');
    if (home instanceof HTMLElement) home.focus({ preventScroll: true });
  };
}

function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body) return (opener = null);
  if (active.closest('[role="dialog"]') !== null) return opener;
  // A menu goes away with the choice that was made in it; the button that opened it stays.
  const menu = active.closest('[role="menu"]');
  const button =
    menu === null ? null : document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  return (opener = menu === null ? active : button);
}
