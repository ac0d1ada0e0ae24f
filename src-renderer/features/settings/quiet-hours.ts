/** `23:00` of a minute of the day, and back. */
export const timeOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Null: not a time of day. */
export function minuteOfTime(typed: string): number | null {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(typed.trim());
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

/** `Quiet for 8 h, over midnight.` */
export function quietSpan(fromMinute: number, toMinute: number): string {
  if (fromMinute === toMinute) return 'Quiet the whole day.';
  const minutes = (toMinute - fromMinute + 1_440) % 1_440;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const span = [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean);
  return `Quiet for ${span.join(' ')}${fromMinute > toMinute ? ', over midnight' : ''}.`;
}
