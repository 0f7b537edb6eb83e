import type { Likeness } from '../vm/likeness.js';
import { chunkShift, chunkWords, shadowed } from '../vm/memory.js';
import { addressSpace } from '../vm/program.js';
import { grown, put } from '../vm/vector-table.js';
import type { Permutation } from './permutation.js';
import type { StateStore } from './state.js';

/** What memory becomes when threads exchange theirs, which is whole chunks of it. */
export class WorldImages {
  /** By permutation, and by world, column or chunk's content: what it becomes; and 1 but for columns. */
  private readonly worlds: Int32Array[];
  private readonly places: number[][];
  private readonly contents: Int32Array[];
  private readonly isShadow: boolean[] = [];
  private readonly scratch = new Int32Array(chunkWords);
  private vector = new Int32Array(64);

  constructor(
    private readonly store: StateStore,
    private readonly likeness: Likeness,
    private readonly permutations: readonly Permutation[],
  ) {
    this.worlds = permutations.map(() => new Int32Array(256));
    this.places = permutations.map(() => []);
    this.contents = permutations.map(() => new Int32Array(256));
  }

  /** A world's image under a permutation. */
  image(world: number, turn: number): number {
    const known = (this.worlds[turn] as Int32Array)[world];
    if (known !== undefined && known > 0) return known - 1;
    this.exchangeChunks(world, turn);
    const image = this.store.internWorld(this.vector);
    put(this.worlds, turn, world, image + 1);
    return image;
  }

  private exchangeChunks(world: number, turn: number): void {
    const { store } = this;
    const places = this.placesAfter(turn);
    const known = this.contents[turn] as Int32Array;
    for (let column = 0; column < places.length; column++) {
      const place = places[column] as number;
      const number = store.inWorld(world, column);
      // Which memory exists is said in bits, and not by addresses.
      this.vector[place] = this.isShadow[column]
        ? number
        : (known[number] || this.contentAfter(number, turn)) - 1;
    }
  }

  /** By column: the column it goes to. Columns may be made by this. */
  private placesAfter(turn: number): number[] {
    const { store } = this;
    const places = this.places[turn] as number[];
    for (let column = places.length; column < store.columns.length; column++) {
      const chunk = store.columns[column] as number;
      this.isShadow[column] = shadowed(chunk) !== undefined;
      places[column] = store.columnOf(this.placeOf(chunk, turn));
    }
    while (store.columns.length > this.vector.length) this.vector = grown(this.vector);
    return places;
  }

  /** Where a chunk goes. What tells which memory exists goes with stacks and heaps; elements of arrays always do. */
  private placeOf(chunk: number, turn: number): number {
    const { likeness } = this;
    const told = shadowed(chunk);
    const address = told ?? chunk << (chunkShift + 2);
    const owner = likeness.ownerOf(address);
    if (owner < 0 || (told !== undefined && told < addressSpace.heap)) return chunk;
    const by = likeness.moved(address, owner, this.permutation(turn)[owner] as number) - address;
    return chunk + (by >> (chunkShift + (told === undefined ? 2 : 9)));
  }

  private contentAfter(number: number, turn: number): number {
    const { store, scratch } = this;
    const start = store.chunks.start(number);
    for (let n = 0; n < chunkWords; n++)
      scratch[n] = this.renamed(store.chunks.words[start + n] as number, turn);
    const image = store.chunks.intern(scratch, 0, chunkWords);
    put(this.contents, turn, number, image + 1);
    return image + 1;
  }

  private renamed(address: number, turn: number): number {
    const owner = this.likeness.ownerOf(address);
    return owner < 0 ? address : this.likeness.moved(address, owner, this.permutation(turn)[owner] as number);
  }

  private permutation(turn: number): Permutation {
    return this.permutations[turn] as Permutation;
  }
}
