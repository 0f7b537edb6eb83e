/** A map that paths have in common until one of them changes it: then that one gets its own. */
export class SharedMap<K, V> {
  private isShared = false;

  constructor(private map: Map<K, V> = new Map()) {}

  copy(): SharedMap<K, V> {
    const copy = new SharedMap(this.map);
    this.isShared = copy.isShared = true;
    return copy;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: K): V | undefined {
    return this.map.get(key);
  }

  has(key: K): boolean {
    return this.map.has(key);
  }

  set(key: K, value: V): void {
    this.own().set(key, value);
  }

  delete(key: K): void {
    if (this.map.has(key)) this.own().delete(key);
  }

  keys(): IterableIterator<K> {
    return this.map.keys();
  }

  values(): IterableIterator<V> {
    return this.map.values();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.map[Symbol.iterator]();
  }

  private own(): Map<K, V> {
    if (!this.isShared) return this.map;
    this.isShared = false;
    this.map = new Map(this.map);
    return this.map;
  }
}
