using HcsPowerShell.Drawing;
using Xunit;

namespace HcsPowerShell.Tests.Drawing;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0d, "0 B")]
    [InlineData(1023d, "1023 B")]
    [InlineData(1024d, "1.0 KB")]
    [InlineData(1536d, "1.5 KB")]
    [InlineData(10 * 1024d * 1024, "10 MB")]
    [InlineData(1023.6 * 1024, "1.0 MB")]
    [InlineData(9.96 * 1024, "10 KB")]
    [InlineData(18446744073709551615d, "16 EB")]
    [InlineData(null, "-")]
    public void Bytes(double? value, string text)
    {
        Assert.Equal(text, Quantity.Bytes(value));
        Assert.True(Quantity.BytesPerSec(value).Length <= Quantity.Width);
    }

    [Fact]
    public void Rates_and_shares()
    {
        Assert.Equal("1.5 KB/s", Quantity.BytesPerSec(1536));
        Assert.Equal("-", Quantity.BytesPerSec(null));
        Assert.Equal("12.5 %", Quantity.Percent(12.5));
        Assert.Equal("-", Quantity.Percent(null));
    }
}
