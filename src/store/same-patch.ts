import type { Database } from './database.js';
import type { ProposalName } from './proposals.js';

/** From the patches of a review to every message that does the same as one of them. */
const alike = `
FROM part AS own JOIN copy AS ownCopy ON ownCopy.digest = own.digest JOIN message AS mine ON mine.id = ownCopy.message
JOIN message AS other ON other.essence = mine.essence AND other.id <> mine.id`;

/** Who else has the same patches: what lists and forges discuss apart is one work. */
export class SamePatch {
  constructor(private readonly database: Database) {}

  /** Message-IDs of mails with the same patches as a review that went to a list: a private one is nobody's business. */
  mailsLike(review: string, most: number): string[] {
    const rows = this.database.rows<{ messageId: string }>(
      `SELECT DISTINCT min(name.messageId) AS messageId ${alike} JOIN name ON name.message = other.id
       WHERE own.review = ? AND EXISTS (
         SELECT 1 FROM copy JOIN part ON part.digest = copy.digest JOIN review ON review.id = part.review
         WHERE copy.message = other.id AND review.lists <> ''
           AND NOT EXISTS (SELECT 1 FROM posed WHERE posed.review = review.id))
       GROUP BY other.id ORDER BY other.id LIMIT ?`,
      review,
      most,
    );
    return rows.map(({ messageId }) => messageId);
  }

  /** Open proposals whose head holds a patch of a review. */
  proposalsLike(review: string, most: number): ProposalName[] {
    return this.database.rows<ProposalName>(
      `SELECT DISTINCT proposal.repo AS repo, proposal.name AS name ${alike}
       JOIN copy ON copy.message = other.id JOIN part ON part.digest = copy.digest
       JOIN proposal ON proposal.review = part.review
       WHERE own.review = ? AND proposal.closed = 0 AND part.review <> own.review
       ORDER BY proposal.repo, proposal.name LIMIT ?`,
      review,
      most,
    );
  }
}
