import { askBytes } from '../../src/source/http.js';
import { peakMb } from '../peak.js';

// Asks one address, in a process that does nothing else, and tells in JSON how that failed and how much memory it took at most.

const [address = '', most = '0'] = process.argv.slice(2);
const before = peakMb();
const failure = await askBytes(address, Number(most)).then(
  () => ({ message: 'it was taken' }),
  ({ name, kind, message }) => ({ name, kind, message }),
);
const grownMb = peakMb() - before;
process.stdout.write(JSON.stringify({ ...failure, grownMb }));
process.exit();
