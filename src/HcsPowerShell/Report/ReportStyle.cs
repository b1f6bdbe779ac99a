namespace HcsPowerShell.Report;

/// <summary>The style sheet of the page, for light and dark mode, screen and paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --text: #1b1f24; --faint: #59636e; --line: #d1d9e0; --page: #fff; --box: #f6f8fa;
          --l1: #0969da; --l2: #bc4c00; --mark: #cf222e; }
        @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --page: #0d1117;
          --box: #151b23; --l1: #58a6ff; --l2: #f0883e; --mark: #f85149; } }
        body { margin: 2rem auto; max-width: 68rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif;
          color: var(--text); background: var(--page); }
        h1, h2 { line-height: 1.25; overflow-wrap: anywhere; } h2 { margin-top: 2.5rem; font-size: 1.3rem; }
        .sub, .none { color: var(--faint); }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
        figure { margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--box);
          break-inside: avoid; }
        figcaption { font-weight: 600; } .key { font-weight: 400; margin-left: .75rem; color: var(--faint); }
        .key::before { content: ""; display: inline-block; width: .8em; height: .2em; margin-right: .35em;
          vertical-align: middle; } .key.l1::before { background: var(--l1); } .key.l2::before { background: var(--l2); }
        .key.event::before { background: repeating-linear-gradient(90deg, var(--mark) 0 .2em, transparent .2em .3em); }
        svg { display: block; width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--faint); }
        .y { text-anchor: end; dominant-baseline: middle; } .end { text-anchor: end; }
        .grid { stroke: var(--line); } .mark { stroke: var(--mark); stroke-dasharray: 3 3; }
        polyline { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
        polyline.l1 { stroke: var(--l1); } polyline.l2 { stroke: var(--l2); }
        circle.l1 { fill: var(--l1); } circle.l2 { fill: var(--l2); }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left;
          vertical-align: top; } th, .n, .one { white-space: nowrap; } .n { text-align: right; }
        td { overflow-wrap: anywhere; } code { font: 12px/1.4 ui-monospace, monospace; color: var(--faint); }
        """;
}
