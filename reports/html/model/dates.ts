/** Owns how dates and durations of a run read. */

const DAY = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** `3 November 2026 at 09:12 UTC`, or the text itself where it is no date. */
export function formatDate(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : `${DAY.format(time)} UTC`;
}

/** How long a run took: `4 min 12 s`; undefined where the dates say nothing. */
export function formatSpan(from: string, to: string): string | undefined {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [
    hours > 0 ? `${hours} h` : '',
    minutes > 0 ? `${minutes} min` : '',
    hours > 0 ? '' : `${seconds % 60} s`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A case's duration in milliseconds: `0.4 ms`, `12 ms`, `10.0 s`. */
export function formatDuration(ms: number): string {
  if (typeof ms !== 'number' || !Number.isFinite(ms)) return '—';
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}
