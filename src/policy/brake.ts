/** What is counted since the brake was last released. */
export interface Course {
  /** Reviews that ended, and how many of them found something that would be mailed. */
  reviews: number;
  findings: number;
  /** Mails that came back, and answers that called a finding wrong. */
  bounces: number;
  disputes: number;
  sent: number;
}

/** Fewer reviews than this say nothing about the course of things. */
const enough = 10;

/**
 * Why everything has to stop until a person has looked; undefined while nothing is odd. A model that suddenly
 * finds something everywhere is broken, and so is a mailer whose mail comes back.
 */
export function whyBrake({ reviews, findings, bounces, disputes, sent }: Course): string | undefined {
  if (reviews >= enough && findings * 2 > reviews)
    return `${findings} of the last ${reviews} reviews found something`;
  if (bounces >= 3 && bounces * 2 > sent) return `${bounces} of ${sent} mails came back`;
  if (disputes >= 3 && disputes * 2 > sent) return `${disputes} of ${sent} findings were called wrong`;
  return undefined;
}
