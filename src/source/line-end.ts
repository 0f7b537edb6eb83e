/**
 * A mail with the line ends it is kept with. Mail protocols send CRLF, archives and mail folders keep LF; the
 * same mail has to be the same bytes. What has any other line end did not come over such a protocol as it is.
 */
export function withPlainLineEnds(raw: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(raw.length);
  let length = 0;
  let from = 0;
  for (let end = raw.indexOf('\r\n'); end >= 0; end = raw.indexOf('\r\n', from)) {
    length += raw.copy(plain, length, from, end);
    plain[length++] = 0x0a;
    from = end + 2;
  }
  length += raw.copy(plain, length, from);
  return plain.subarray(0, length);
}
