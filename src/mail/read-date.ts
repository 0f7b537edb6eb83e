const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const form =
  /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s+([+-]\d{4}|[A-Z]{1,4}))?/;

/** Minutes east of UTC; zones that RFC 5322 does not define count as UTC. */
function offsetMinutes(zone: string | undefined): number {
  const american: Record<string, number> = {
    EDT: -4,
    EST: -5,
    CDT: -5,
    CST: -6,
    MDT: -6,
    MST: -7,
    PDT: -7,
    PST: -8,
  };
  if (!zone) return 0;
  const match = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (!match) return (american[zone] ?? 0) * 60;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** A Date header as ISO 8601 in UTC; undefined when it is no date. An unreadable date never means "now". */
export function readDate(value: string | undefined): string | undefined {
  const match = form.exec(value?.slice(0, 200) ?? '');
  if (!match) return undefined;
  const month = months.indexOf(match[2]!.toLowerCase());
  const [day, hour, minute, second] = [match[1], match[4], match[5], match[6] ?? '0'].map(Number);
  if (month < 0 || day! < 1 || day! > 31 || hour! > 23 || minute! > 59 || second! > 60) return undefined;
  // A leap second has no time of its own here; the one before it is near enough.
  const time = Date.UTC(fullYear(match[3]!), month, day, hour, minute, Math.min(second!, 59));
  const date = new Date(time - offsetMinutes(match[7]) * 60_000);
  // The thirtieth of February would silently become a day in March.
  return new Date(time).getUTCDate() === day ? date.toISOString() : undefined;
}
