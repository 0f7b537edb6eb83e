import { readFileSync } from 'node:fs';
import { peakMb } from '../peak.js';
import { openOffice } from './office.js';
import { work } from './work.js';

// Takes one mail in, in a process that does nothing else, and tells in JSON what came of it and how much memory that took at most.

const office = openOffice();
const raw = readFileSync(process.argv[2]!);
const before = peakMb();
const told = await work(office, raw);
const grownMb = peakMb() - before;
const { messages, patches } = office.ledger.store.tally();
process.stdout.write(JSON.stringify({ told, grownMb, messages, patches }));
office.close();
