// Keeps a page as it is at the server: told that something changed, it asks for itself again and takes over what
// it shows. Text from the server stays text: the new part is parsed, and nothing of it runs (and none may).
const shown = document.querySelector('[data-live]');
const pulse = document.querySelector('.pulse');

/** Whoever is typing, reading a selection or using a control is not disturbed. */
function busy() {
  const selection = document.getSelection();
  return (
    shown.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && shown.contains(selection.anchorNode))
  );
}

async function refresh() {
  if (document.hidden || busy()) return;
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  // A page that has come to its end brings more than its text: the script that steps through it.
  if (next.querySelector('[data-live]') === null) location.reload();
  else shown.replaceChildren(...next.querySelector('[data-live]').childNodes);
}

if (shown && pulse) {
  const source = new EventSource('/events');
  source.addEventListener('change', () => refresh().catch(() => {}));
  source.addEventListener('open', () => {
    pulse.textContent = 'Follows what changes';
    pulse.classList.add('on');
    // Something may have changed between the page and this, or while nobody listened.
    refresh().catch(() => {});
  });
  source.addEventListener('error', () => {
    pulse.textContent = 'Does not follow what changes';
    pulse.classList.remove('on');
  });
}
