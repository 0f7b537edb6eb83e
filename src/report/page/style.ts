/** The look of every page: no image, no font, no address outside of it. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --card: #f6f7f9; --rule: #d5dae0; --quiet: #5d6772;
  --bad: #b3261e; --bad-paper: #fde7e5; --good: #1a6b3c; --mark: #0b57d0; --now: #fff3c4;
  --l0: #0b7a75; --l1: #a23b72; --l2: #3f5fbf; --l3: #a15c00; --l4: #4f7a28; --l5: #6b4ba1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --paper: #14171a; --card: #1d2126; --rule: #343a41;
  --quiet: #a3adb8; --bad: #ff9c94; --bad-paper: #4a1714; --good: #7fd6a2; --mark: #8ab4ff; --now: #3d3514;
  --l0: #4fd1c5; --l1: #f28bbf; --l2: #9db4ff; --l3: #f0b35b; --l4: #a9d67a; --l5: #c9b0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.25rem; max-width: 90rem; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 1.75rem 0 .25rem; }
p { margin: .35rem 0; max-width: 62rem; } code, pre, .code { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--card); padding: .5rem .75rem; overflow-x: auto; }
a { color: var(--mark); } small, .quiet { color: var(--quiet); }
.status { font-weight: 700; } .introduced, .unknown-origin { color: var(--bad); } .fixed { color: var(--good); }
.witness { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 1rem; align-items: start; }
.steps { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
.steps th { text-align: left; padding: .25rem .5rem; border-bottom: 2px solid var(--rule); vertical-align: bottom; }
.steps td { padding: 0 .25rem; vertical-align: top; height: 1px; } .steps caption { text-align: left; font-size: 13px; }
.steps td.delta { width: 15%; font-size: 13px; padding-top: .1rem; }
.steps .number { width: 2.5rem; text-align: right; color: var(--quiet); font-size: 12px; padding-top: .15rem; }
.lane { display: flex; min-height: 1.6rem; height: 100%; }
.bars { display: flex; flex: none; width: 1.1rem; gap: 2px; align-self: stretch; }
.bars i { width: 4px; background: var(--c); }
.lock0 { --c: var(--l0); } .lock1 { --c: var(--l1); } .lock2 { --c: var(--l2); } .lock3 { --c: var(--l3); }
.lock4 { --c: var(--l4); } .lock5 { --c: var(--l5); }
.what { padding: .1rem .25rem .2rem; min-width: 0; }
.fn { display: block; font-weight: 600; } .ln { color: var(--quiet); margin-right: .5rem; user-select: none; }
.note { display: block; color: var(--quiet); padding-left: 1rem; } .broken { display: block; color: var(--bad); font-weight: 700; }
tr.switch td { border-top: 2px dashed var(--mark); } tr.breaks td { background: var(--bad-paper); }
tr.now td { background: var(--now); } tr.breaks.now td { background: var(--bad-paper); outline: 2px solid var(--bad); outline-offset: -2px; }
.legend span { margin-right: 1rem; white-space: nowrap; } .legend i { display: inline-block; width: 10px; height: 10px; background: var(--c); margin-right: .3rem; }
.world { position: sticky; top: 1rem; background: var(--card); padding: .75rem; font-size: 13px; }
.world h3 { margin: 0 0 .35rem; font-size: 13px; } .world dl { margin: 0; } .world dt { color: var(--quiet); } .world dd { margin: 0 0 .35rem; }
.controls { display: flex; gap: .4rem; align-items: center; margin-bottom: .6rem; } .controls[hidden] { display: none; }
button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--rule); border-radius: 4px; padding: .15rem .5rem; white-space: nowrap; }
.controls output { white-space: nowrap; font-size: 12px; }
button:focus-visible, tr:focus-visible { outline: 2px solid var(--mark); }
.delta ul { list-style: none; margin: 0; padding: 0; } ul.facts { padding-left: 1.2rem; }
@media (max-width: 60rem) { .witness { grid-template-columns: minmax(0, 1fr); } .world { position: static; } }
@media print { body { padding: 0; font-size: 11px; } .controls { display: none; } .witness { display: block; } .world { break-inside: avoid; } tr { break-inside: avoid; } }
`;
