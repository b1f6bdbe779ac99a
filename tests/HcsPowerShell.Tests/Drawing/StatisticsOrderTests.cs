using System.Linq;
using HcsPowerShell.Drawing;
using Xunit;

namespace HcsPowerShell.Tests.Drawing;

public sealed class StatisticsOrderTests
{
    [Theory]
    [InlineData(' ', "b,a,c,d")]
    [InlineData('c', "c,b,a,d")]
    [InlineData('M', "a,c,b,d")]
    [InlineData('s', "b,c,a,d")]
    [InlineData('n', "a,b,c,d")]
    public void A_key_chooses_the_order(char key, string order)
    {
        StatisticsRow[] rows = [Row("b", 2, 1, 9), Row("a", 1, 9, 1), Row("c", 9, 2, 2), Row("d", 99, 99, 99)];
        rows[3].Exit();
        StatisticsOrder chosen = new();
        Assert.Equal(key != ' ', chosen.Take(key));
        Assert.Equal(order, string.Join(',', chosen.Of(rows).Select(row => row.ContainerId)));
        Assert.False(chosen.Take('x'));
        Assert.Equal(order, string.Join(',', chosen.Of(rows).Select(row => row.ContainerId)));
    }

    private static StatisticsRow Row(string id, double cpu, double memory, double storage)
    {
        StatisticsRow row = new(id);
        row.Add(cpu, memory, storage);
        return row;
    }
}
