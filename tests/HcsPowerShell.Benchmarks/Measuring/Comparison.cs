using System.Linq;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>Two series that were measured alternately, and the median of the ratios of their pairs.</summary>
/// <param name="name">The measured action.</param>
/// <param name="figure">The figure that the ratio is; null if it has no goal.</param>
internal sealed class Comparison(string name, Figure? figure = null)
{
    public Comparison(Figure figure)
        : this(figure.Name, figure)
    {
    }

    public string Name => name;

    public Figure? Figure => figure;

    /// <summary>Times with the module.</summary>
    public Series Module { get; } = new();

    /// <summary>Times of the same action without the module.</summary>
    public Series Bare { get; } = new();

    // What disturbs the machine for longer than a round disturbs both of a pair.
    public double Ratio => Series.MedianOf(Module.Times.Zip(Bare.Times, (module, bare) => module / bare));

    /// <summary>Removes the times of the warm-up.</summary>
    public void Clear()
    {
        Module.Clear();
        Bare.Clear();
    }
}
