/** The look of every page: no image, no font, no address outside of it. Colours are quiet but for what breaks. */
export const style = `
:root { color-scheme: light dark; --ink: #20262c; --paper: #fdfcfa; --card: #f4f2ee; --rule: #ddd9d1; --quiet: #5f6670;
  --bad: #a8281f; --bad-paper: #fbe9e6; --good: #23663f; --good-paper: #e3f0e6; --unsure: #7a5100; --unsure-paper: #fbf0d9;
  --mark: #1f5c8b; --now: #eaf1f7; --race: #f8e2ae; --l0: #0b7a75; --l1: #9b3b6f; --l2: #4a62b0; --l3: #96590a; --l4: #4f7a28; --l5: #6b4ba1;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe2e5; --paper: #15181b; --card: #1e2226; --rule: #353b42; --quiet: #9ea7b1;
  --bad: #ff9e93; --bad-paper: #45201c; --good: #86d3a4; --good-paper: #1b3526; --unsure: #f0c674; --unsure-paper: #3b2f14;
  --mark: #8fc1ec; --now: #1c2a37; --race: #3f300b; --l0: #4fd1c5; --l1: #f08fbf; --l2: #9db4ff; --l3: #f0b35b; --l4: #a9d67a; --l5: #c9b0ff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1.5rem 3rem; max-width: 88rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; margin: 0 0 .35rem; text-wrap: balance; }
h2 { font-size: 1.08rem; line-height: 1.35; margin: 2.25rem 0 .35rem; } h1 code, h2 code { font-size: .92em; } h1 small, h2 small { font-size: .68em; font-weight: 400; } h3 { font-size: .95rem; margin: 1.25rem 0 .25rem; }
p { margin: .4rem 0; max-width: 46rem; } small, .quiet { color: var(--quiet); }
code, pre, .code { font: 13px/1.5 var(--mono); font-variant-ligatures: none; }
pre { background: var(--card); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
a { color: var(--mark); text-underline-offset: .15em; text-decoration-thickness: .06em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.status { font-weight: 700; text-transform: uppercase; font-size: .78em; letter-spacing: .05em; }
.introduced, .unknown-origin { color: var(--bad); } .fixed { color: var(--good); } .present { color: var(--unsure); }
.clash { border: 1px solid var(--rule); border-radius: 8px; margin: 1rem 0; padding: .9rem 1.1rem 1rem; max-width: 64rem; }
.clash ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .55rem; }
.clash li { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: .15rem 1rem; align-items: baseline; }
.clash li > div { min-width: 0; } .clash .by { color: var(--quiet); font-size: 13px; } .clash .by b { color: var(--ink); display: block; font-weight: 600; }
.clash .said { display: block; color: var(--quiet); font-size: 13px; }
.clash .breaks { border-top: 1px solid var(--rule); padding-top: .55rem; color: var(--bad); font-weight: 650; }
.clash .breaks .by b { color: var(--bad); }
.clash .patch { border-top: 1px solid var(--rule); padding-top: .55rem; } .clash .patch p { margin: 0 0 .4rem; max-width: none; font-size: 13px; color: var(--quiet); }
.diff { margin: .4rem 0 0; padding: .45rem 0; max-height: 24rem; overflow: auto; tab-size: 8; } .diff span { display: block; padding: 0 .8rem; min-width: max-content; }
.diff .head, .diff .left { color: var(--quiet); } .diff .head { white-space: pre-wrap; min-width: 0; padding-bottom: .2rem; } .diff .add { background: var(--good-paper); } .diff .delete { background: var(--bad-paper); } .diff .target { box-shadow: inset 3px 0 var(--mark); }
.witness { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 1.5rem; align-items: start; margin: 1rem 0; border-radius: 6px; }
.steps { overflow-x: auto; } .steps table { table-layout: fixed; min-width: 30rem; } .steps th:first-child { width: 2.7rem; } .steps th:last-child { width: 15%; } table { border-collapse: collapse; width: 100%; }
.steps th { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--rule); vertical-align: bottom; font-size: 13px; }
.steps td { padding: 0 .25rem; vertical-align: top; height: 1px; } .steps caption { text-align: left; font-size: 13px; padding-bottom: .3rem; }
.steps td.delta { font-size: 12.5px; padding-top: .15rem; } .steps td + td { border-left: 1px solid var(--rule); }
.steps .number { width: 2.4rem; text-align: right; color: var(--quiet); font-size: 11.5px; padding-top: .2rem; font-variant-numeric: tabular-nums; }
.steps tbody tr { cursor: default; }
.lane { display: flex; min-height: 1.6rem; height: 100%; }
.bars { display: flex; flex: none; width: 1.1rem; gap: 2px; align-self: stretch; }
.bars i { width: 4px; background: var(--c); }
.lock0 { --c: var(--l0); } .lock1 { --c: var(--l1); } .lock2 { --c: var(--l2); } .lock3 { --c: var(--l3); }
.lock4 { --c: var(--l4); } .lock5 { --c: var(--l5); }
.lane .what { padding: .12rem .25rem .22rem; min-width: 0; }
.fn { display: block; font-weight: 650; } .ln { color: var(--quiet); margin-right: .5rem; user-select: none; }
.note { display: block; color: var(--quiet); padding-left: 1rem; } .broken { display: block; color: var(--bad); font-weight: 650; }
tr.switch td { border-top: 2px dashed var(--mark); } tr.breaks td { background: var(--bad-paper); } tr.clashes .what > span:not(.fn):not(.note) { background: var(--race); box-shadow: 0 0 0 2px var(--race); }
tr.now td { background: var(--now); } tr.breaks.now td { background: var(--bad-paper); } tr.now td.number { box-shadow: inset 3px 0 var(--mark); color: var(--ink); font-weight: 700; }
.legend { font-size: 13px; } .legend span { margin-right: 1rem; white-space: nowrap; }
.legend i { display: inline-block; width: 4px; height: 12px; background: var(--c); margin-right: .4rem; vertical-align: -1px; }
.world { position: sticky; top: 1rem; background: var(--card); border-radius: 8px; padding: .9rem 1rem; font-size: 13px; }
.world h3 { margin: 0 0 .4rem; font-size: 13px; } .world dl { margin: 0; } .world dt { color: var(--quiet); } .world dd { margin: 0 0 .4rem; font-weight: 550; }
.controls { display: grid; grid-template-columns: repeat(4, 1fr); gap: .35rem; margin-bottom: .8rem; } .controls[hidden] { display: none; }
.controls output { grid-column: 1 / -1; color: var(--quiet); font-variant-numeric: tabular-nums; }
button { font: inherit; font-size: 13px; color: inherit; background: var(--paper); border: 1px solid var(--rule); border-radius: 6px; padding: .2rem .3rem; white-space: nowrap; cursor: pointer; }
button:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
.delta ul { list-style: none; margin: 0; padding: 0; } ul.facts { padding-left: 1.2rem; }
pre.command { white-space: pre-wrap; } .scroll { position: relative; overflow: auto; width: fit-content; max-width: 100%; max-height: 85vh; border: 1px solid var(--rule); border-radius: 8px; }
.heat { border-collapse: separate; border-spacing: 2px; width: auto; font-size: 13px; }
.heat th { text-align: left; font-weight: 400; background: var(--paper); padding: .1rem .5rem; }
.heat thead th { position: sticky; top: 0; z-index: 2; vertical-align: bottom; }
.heat thead th.kernel { padding: .3rem 0; } .heat th.kernel span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 8rem; font-variant-numeric: tabular-nums; }
.heat tbody th { position: sticky; left: 0; z-index: 1; min-width: 17rem; } .heat thead th:first-child { left: 0; z-index: 3; }
.heat small { display: block; font-size: 11.5px; line-height: 1.2; } .heat td { min-width: 1.7rem; text-align: center; border-radius: 3px; padding: 0; font-weight: 600; }
.violated { background: var(--bad-paper); color: var(--bad); } .holds { background: var(--good-paper); color: var(--good); }
.not-analysed { background: var(--unsure-paper); color: var(--unsure); } .absent { color: var(--quiet); }
.heat .foreign, i.foreign { outline: 1px dashed currentColor; outline-offset: -2px; }
.meanings { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; font-size: 13px; color: var(--quiet); }
.meanings i { display: inline-block; width: 1.5rem; text-align: center; font-style: normal; font-weight: 600; border-radius: 3px; margin-right: .5rem; }
@media screen and (max-width: 60rem) { body { padding: 1rem; } .witness { grid-template-columns: minmax(0, 1fr); } .world { position: sticky; top: auto; bottom: 0; box-shadow: 0 -1px 6px #0003; max-height: 40vh; overflow: auto; order: 2; }
  .clash li { grid-template-columns: minmax(0, 1fr); } .steps td.delta, .steps th:last-child { display: none; } }
@media screen and (max-width: 40rem) { .steps table { table-layout: auto; min-width: 0; } .steps thead, .steps td.idle { display: none; } .steps td.own[data-thread="2"] { padding-left: .8rem; } .steps td.own[data-thread="3"] { padding-left: 1.4rem; } .steps td.own[data-thread="4"] { padding-left: 2rem; }
  .steps tr:first-child .own::before, .steps tr.turn .own::before { content: "thread " attr(data-thread); display: block; color: var(--mark); font-size: 12px; padding-top: .15rem; } }
@media print { :root { color-scheme: light; --paper: #fff; --card: #fff; } body { padding: 0; font-size: 10.5px; max-width: none; } code, pre, .code { font-size: 9.5px; } .controls { display: none; }
  .witness { display: block; } .world { display: none; } .steps th, .steps .number, .steps td.delta, .steps caption, .legend, .clash .by, .clash .said, .clash .patch p { font-size: inherit; } h1 { font-size: 16px; } h2 { font-size: 13px; } .diff { max-height: none; } tr { break-inside: avoid; } tr.now td { background: none; }
  .bars i, .legend i, tr.breaks td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .scroll { max-height: none; overflow: visible; border: 0; } }
`;
