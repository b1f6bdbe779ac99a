namespace HcsPowerShell.Tests.Report;

/// <summary>The queries to a browser about a report that it has laid out.</summary>
internal static class LayoutProbe
{
    /// <summary>A script that leaves its answers as attributes of the body.</summary>
    public const string Script = """
        <script>
        const faults = [], seen = e => e.getBoundingClientRect();
        const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
        const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
        if (document.documentElement.scrollWidth > innerWidth) faults.push('The page is wider than its window.');
        for (const svg of document.querySelectorAll('svg')) {
          const plot = seen(svg), name = svg.querySelector('title').textContent, texts = [...svg.querySelectorAll('text')];
          if (plot.width < 200 || plot.height < 80) faults.push(`${name} is ${plot.width} x ${plot.height}.`);
          for (const part of svg.querySelectorAll('polyline, circle, line, text'))
            if (!within(seen(part), plot)) faults.push(`A ${part.tagName} of ${name} leaves its plot.`);
          texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
            if (!apart(seen(a), seen(b))) faults.push(`${a.textContent} and ${b.textContent} of ${name} overlap.`); }));
          const grid = getComputedStyle(svg.querySelector('.grid')).stroke;
          for (const line of svg.querySelectorAll('polyline'))
            if (['none', grid].includes(getComputedStyle(line).stroke)) faults.push(`A line of ${name} cannot be told from the grid.`);
        }
        document.body.dataset.drawn = [...document.querySelectorAll('polyline')].filter(l => l.getTotalLength() > 0).length;
        document.body.dataset.faults = faults.join('\n');
        </script>
        """;
}
