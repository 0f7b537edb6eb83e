/**
 * Steps through a witness: arrow keys, j and k, Home and End, or the buttons. Without it the page is the whole
 * table. It reads what the server wrote into the rows and writes text only.
 */
export const script = `
for (const witness of document.querySelectorAll('.witness')) {
  const rows = [...witness.querySelectorAll('tbody tr[data-world]')];
  const world = witness.querySelector('.world dl');
  const label = witness.querySelector('.controls output');
  const controls = witness.querySelector('.controls');
  if (rows.length === 0 || !world || !controls) continue;
  let at = rows.length - 1;
  const show = (next, scroll) => {
    rows[at].classList.remove('now');
    rows[at].removeAttribute('aria-current');
    at = Math.max(0, Math.min(rows.length - 1, next));
    rows[at].classList.add('now');
    rows[at].setAttribute('aria-current', 'step');
    label.textContent = (at + 1) + ' of ' + rows.length;
    world.replaceChildren();
    const facts = JSON.parse(rows[at].dataset.world);
    for (const [name, value] of facts.length > 0 ? facts : [['so far', 'nothing']]) {
      const term = document.createElement('dt');
      const text = document.createElement('dd');
      term.textContent = name;
      text.textContent = value;
      world.append(term, text);
    }
    if (scroll) rows[at].scrollIntoView({ block: 'nearest' });
  };
  controls.hidden = false;
  const moves = { first: () => 0, back: () => at - 1, forward: () => at + 1, last: () => rows.length - 1 };
  for (const button of controls.querySelectorAll('button'))
    button.addEventListener('click', () => show(moves[button.value](), true));
  const keys = { ArrowUp: 'back', k: 'back', ArrowLeft: 'back', ArrowDown: 'forward', j: 'forward', ArrowRight: 'forward', Home: 'first', End: 'last' };
  witness.addEventListener('keydown', (event) => {
    const move = moves[keys[event.key]];
    if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    show(move(), true);
  });
  rows.forEach((row, n) => row.addEventListener('click', () => show(n, false)));
  show(0, false);
}
`;
