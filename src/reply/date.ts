/** The mail with its Date (ms since 1970, told in UTC), in front of its Message-ID as mail programs put it. */
export function withDate(mail: string, ms: number): string {
  // RFC 5322 has no names of zones.
  const date = new Date(ms).toUTCString().replace('GMT', '+0000').replace(', 0', ', ');
  return mail.replace(/^Message-ID: /m, `Date: ${date}\nMessage-ID: `);
}
