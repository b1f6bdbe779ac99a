using System.Collections.Generic;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>Figures that are measured together.</summary>
internal interface IFamily
{
    IReadOnlyList<Figure> Figures { get; }

    /// <summary>Measures the figures.</summary>
    /// <exception cref="MissingException">The machine lacks what all of them need.</exception>
    void Run(Effort effort, Report report);
}
