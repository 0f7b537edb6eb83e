import type { Planned, Reviews } from '../store/reviews.js';

/** What mails about a series are filed under: the same for all that is said of one version of it. */
export function seriesName({ messageId, version }: Pick<Planned, 'messageId' | 'version'>): string {
  return `${messageId} v${version}`;
}

/** The series that a name means; undefined for what is filed otherwise, as a note to one person. */
export function readSeriesName(name: string): Pick<Planned, 'messageId' | 'version'> | undefined {
  const [, messageId, version] = /^(.*) v(\d+)$/.exec(name) ?? [];
  return messageId === undefined ? undefined : { messageId, version: Number(version) };
}

/** What mails about reviews of the same series are filed under that were made while the rest was missing. */
export function namesInPart({ id }: Planned, reviews: Reviews): string[] {
  return reviews
    .overlaps(id)
    .flatMap((other) => reviews.get(other.id) ?? [])
    .map(seriesName);
}
