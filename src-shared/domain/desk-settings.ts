/** How the desk looks: kept with the settings, exported with them, and never of any weight for money. */

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** `new`: offered at the first start. `later`: put off. `done`: finished, or not wanted. */
export const TOUR_STATES = ['new', 'later', 'done'] as const;
export type TourState = (typeof TOUR_STATES)[number];

export interface TableLayout {
  /** Ids of columns that are not shown. */
  readonly hidden: readonly string[];
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}

export interface DeskSettings {
  readonly density: Density;
  /** Of the whole window: 50 … 200. */
  readonly zoomPercent: number;
  /** Whether the rail of screens shows words beside its icons. */
  readonly railOpen: boolean;
  readonly tour: TourState;
  /** By the table's id. */
  readonly tables: Readonly<Record<string, TableLayout>>;
}

export const ZOOM_STEPS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const;

export const DEFAULT_DESK_SETTINGS: DeskSettings = {
  density: 'comfortable',
  zoomPercent: 100,
  railOpen: true,
  tour: 'new',
  tables: {},
};
