/** The element of a setting, by which the search jumps to it. */
export const settingRowId = (id: string): string => `setting-${id}`;
