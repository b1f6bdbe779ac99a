using System.Linq;
using HcsPowerShell.Drawing;
using Xunit;

namespace HcsPowerShell.Tests.Drawing;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(new double[] { 0, 25, 50, 100 }, 4, 100, "▁▃▅█")]
    [InlineData(new double[] { 0, 1, 2, 3, 4, 5, 6, 7 }, 8, 8, "▁▂▃▄▅▆▇█")]
    [InlineData(new double[] { 50 }, 4, 100, "   ▅")]
    [InlineData(new double[] { 0, 0, 100, 200 }, 2, 100, "▅█")]
    [InlineData(new double[] { 0, 0 }, 2, 0, "▁▁")]
    [InlineData(new double[] { 5, 10 }, 2, 0, "▅█")]
    [InlineData(new double[] { -1, 1 }, 2, 1, "▁█")]
    [InlineData(new double[] { 1, 2 }, 0, 1, "")]
    [InlineData(new double[] { }, 3, 1, "   ")]
    public void The_newest_is_to_the_right_and_the_highest_is_full(double[] values, int width, double top, string drawn) =>
        Assert.Equal(drawn, Sparkline.Draw([.. values.Select(v => (double?)v)], width, top));

    [Fact]
    public void What_is_not_known_is_a_gap() => Assert.Equal("▅ █", Sparkline.Draw([1, null, 2], 3, 2));
}
