import { existsSync, readFileSync, statSync } from 'node:fs';
import type { MatrixReport } from '../finding/matrix.js';

/** A matrix is some kilobytes for each kernel. */
const mostBytes = 20_000_000;

/** The matrix that somebody had executed and put beside the store; read again when it is another file. */
export function keptMatrix(file: string): () => MatrixReport | string {
  let read: { stamp: string; matrix: MatrixReport | string } | undefined;
  return () => {
    if (!existsSync(file))
      return 'No kernels were looked at yet: faultline matrix --tree A --tree B -o matrix.json in the folder of the daemon.';
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs} ${size}`;
    if (read?.stamp !== stamp)
      read = { stamp, matrix: size > mostBytes ? 'It is too long.' : readMatrix(file) };
    return read.matrix;
  };
}

function readMatrix(file: string): MatrixReport | string {
  try {
    const matrix = JSON.parse(readFileSync(file, 'utf8')) as MatrixReport;
    const whole = [matrix.trees, matrix.rows, matrix.disagreements].every(Array.isArray);
    return matrix.version === 1 && whole ? matrix : 'matrix.json is not what faultline matrix writes.';
  } catch {
    return 'matrix.json cannot be read.';
  }
}
