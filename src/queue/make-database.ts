import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

// Making the files of a database takes half a gigabyte of memory. It is done on a thread, which gives it back.
const database = await PGlite.create(workerData as string);
await database.close();
