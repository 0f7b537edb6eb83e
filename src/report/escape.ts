/** The longest piece of foreign text that any report shows in one place; the rest is cut with `..`. */
const characterLimit = 4000;

/** A whole ANSI sequence (CSI, OSC or a two-character escape), so that none of its letters stay behind. */
const ansi =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]/g;

/**
 * Characters that steer a terminal or a reader's eye instead of being read: C0 and C1 controls, DEL, bidi
 * embeddings, overrides and isolates, zero-width and other invisible format characters, line and paragraph
 * separators, the soft hyphen, tags, and lone surrogates. Newline and tab are the caller's matter.
 */
const invisible =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** `<U+202E>`: visible, harmless, and it says what was there. */
function nameOf(character: string): string {
  return `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function cut(text: string): string {
  return text.length > characterLimit ? `${text.slice(0, characterLimit)}..` : text;
}

/** Foreign text of several lines, safe to print: newlines and tabs stay, everything that steers is named. */
export function escapeLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(ansi, '').replace(invisible, nameOf);
}

/** Foreign text as one line, safe to print: white space of any kind becomes one blank. */
export function escapeLine(text: string): string {
  return escapeLines(cut(text)).replace(/\s+/g, ' ').trim();
}

/** JSON text whose strings hold the same values, but nothing that steers a terminal it is printed on. */
export function escapeJson(json: string): string {
  const unit = (character: string) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join('');
  return json.replace(invisible, unit);
}
