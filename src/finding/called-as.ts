/** How a statement calls what the model has for pages and folios alike: `trylock_page()` is its `folio_trylock()`. */
export function calledAs(source: string, name: string): string {
  const calls = [...source.matchAll(/\b(\w+)\(/g)].map(([, call = '']) => call);
  return calls.includes(name) ? name : (calls.find((call) => deed(call) === deed(name)) ?? name);
}

const deed = (name: string): string =>
  name
    .split('_')
    .filter((word) => word !== 'page' && word !== 'folio')
    .sort()
    .join('_');
