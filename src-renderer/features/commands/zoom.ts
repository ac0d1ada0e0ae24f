import { ZOOM_STEPS } from '#domain/desk-settings.ts';
import { updateDesk, wantedDesk } from '#renderer/stores/commands.ts';

/** The step next to a zoom, in percent; the zoom itself at either end. */
export function nextZoom(percent: number, direction: 1 | -1): number {
  const next =
    direction === 1
      ? ZOOM_STEPS.find((step) => step > percent)
      : ZOOM_STEPS.findLast((step) => step < percent);
  return next ?? percent;
}

export const zoomBy = (direction: 1 | -1): Promise<boolean> =>
  updateDesk({ zoomPercent: nextZoom(wantedDesk().zoomPercent, direction) });

export const zoomToNormal = (): Promise<boolean> => updateDesk({ zoomPercent: 100 });
