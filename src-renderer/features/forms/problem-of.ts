/** What a check has found, for a field; null when it found nothing. */
export const problemOf = (check: string | true): string | null => (check === true ? null : check);
