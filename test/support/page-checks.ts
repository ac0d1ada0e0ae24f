/** What must hold of every screen, looked up in the page itself. Each check answers with what is wrong, in words. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const MOST_PLACES = 3;

/** Puts axe into the page; once for each page that is loaded. */
export async function bringAxe(page: Page): Promise<void> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
}

/** A colour in the middle of a change has no contrast of its own; one change can begin the next. */
export function calm(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let calmFrames = 0; calmFrames < 3;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const changing = document.getAnimations().some((each) => each instanceof CSSTransition);
      calmFrames = changing ? 0 : calmFrames + 1;
    }
  });
}

/** What axe finds on the page as it stands. */
export async function axeFindings(page: Page): Promise<string[]> {
  await calm(page);
  const results = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof axeCore };
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
    }));
  }, WCAG_AA);
  return results.map(({ id, nodes }) => `${id}: ${nodes.slice(0, MOST_PLACES).join(' | ')}`);
}

/** Figures without anything around them that says when they were read. */
export function figuresWithoutAge(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-figure]')]
      .filter((figure) => figure.closest('[data-observed-at]') === null)
      .map(
        (figure) =>
          `${figure.outerHTML.slice(0, 200)} in ${figure.closest('[data-testid]')?.outerHTML.slice(0, 80)}`,
      ),
  );
}

/** Whatever moves, or would move, for longer than a moment; for a page whose reader wants nothing to move. */
export function motions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LONGEST_MS = 1;
    const longest = (list: string) =>
      Math.max(
        ...list
          .split(',')
          .map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 1 : 1_000)),
      );
    const styled = [...document.querySelectorAll('*')].flatMap((element) =>
      [undefined, '::before', '::after'].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        const moves =
          (style.animationName !== 'none' && longest(style.animationDuration) > LONGEST_MS) ||
          (style.transitionProperty !== 'none' && longest(style.transitionDuration) > LONGEST_MS) ||
          style.scrollBehavior === 'smooth';
        return moves
          ? [`${element.tagName}.${element.getAttribute('class') ?? ''}${pseudo ?? ''}`]
          : [];
      }),
    );
    const running = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' &&
          Number(effect?.getComputedTiming().activeDuration) > LONGEST_MS,
      )
      .map((animation) => `runs: ${(animation as CSSAnimation).animationName ?? animation.id}`);
    return [...new Set([...styled, ...running])];
  });
}

/**
 * Controls that cannot be scrolled to, or that something else lies on; texts that are cut off; a page that scrolls
 * sideways. Of what is in front: a dialog where one is open, else the desk.
 */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const name = (element: Element | null) =>
      element === null
        ? 'nothing'
        : `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}[${element.getAttribute('data-testid') ?? ''}] “${(element.textContent ?? '').trim().slice(0, 30)}”`;
    const sideways = [
      document.documentElement,
      document.body,
      ...document.querySelectorAll('.desk, .desk-column, .desk-screen, main, [role="dialog"]'),
    ];
    for (const element of sideways) {
      if (element.scrollWidth > element.clientWidth + 1) {
        problems.push(
          `scrolls sideways by ${element.scrollWidth - element.clientWidth}: ${name(element).slice(0, 90)}`,
        );
      }
    }
    const front =
      document.querySelector('[role="dialog"], [role="menu"], .practice') ?? document.body;
    const isShown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 2 && height > 2 && element.checkVisibility({ visibilityProperty: true });
    };
    const related = (a: Element, b: Element | null) =>
      b !== null && (a.contains(b) || b.contains(a));
    const onTop = (element: Element) => {
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const box = element.getBoundingClientRect();
      const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
      const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
      return document.elementFromPoint(x, y);
    };
    const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';
    for (const element of front.querySelectorAll<HTMLElement>(focusable)) {
      if (element.tabIndex < 0 || element.matches(':disabled') || !isShown(element)) continue;
      const hit = onTop(element);
      const label = element.closest('label');
      const isIt = hit !== null && (element.contains(hit) || label?.contains(hit) === true);
      if (!isIt) problems.push(`${name(element)} is under ${name(hit)}`);
    }
    for (const element of front.querySelectorAll<HTMLElement>(
      'h1, h2, h3, p, dt, dd, label, th, td, [data-figure], .chip',
    )) {
      if (!isShown(element) || element.closest('.visually-hidden, [aria-hidden="true"]') !== null)
        continue;
      // Words that lie on a picture let the pointer through to it.
      if (getComputedStyle(element).pointerEvents === 'none') continue;
      const hit = onTop(element);
      if (!related(element, hit)) problems.push(`the text ${name(element)} is under ${name(hit)}`);
    }
    return [...new Set(problems)];
  });
}

/**
 * Null while the focus stands somewhere and can be seen: on an element with a ring (its own, or that of what is around
 * it), or on the screen as a whole, whose first control is one Tab away.
 */
export function lostFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'the focus is nowhere';
    if (element.matches('.desk-screen, main, [role="dialog"], [data-section]')) return null;
    const box = element.getBoundingClientRect();
    const name = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').slice(0, 30)}”`;
    if (box.width < 2 || box.height < 2) return `${name} has the focus and no size`;
    if (!element.matches(':focus-visible')) return `${name} has the focus, and does not show it`;
    const hasRing = (each: Element | null) => {
      if (each === null) return false;
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(each);
      const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
      return (
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) ||
        boxShadow !== 'none' ||
        borderColor === accent
      );
    };
    return hasRing(element) ||
      hasRing(element.parentElement) ||
      element.closest('[role="menu"], .palette') !== null
      ? null
      : `${name} has the focus without a ring`;
  });
}
