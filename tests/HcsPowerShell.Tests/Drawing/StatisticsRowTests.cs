using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Drawing;
using Xunit;

namespace HcsPowerShell.Tests.Drawing;

public sealed class StatisticsRowTests
{
    private const int Kept = 200;

    [Fact]
    public void A_table_that_runs_for_days_keeps_the_last_values_only()
    {
        var row = new StatisticsRow("web");
        for (int number = 0; number <= Kept; number++)
        {
            row.Add(number, 1000 + number, 2000 + number);
        }

        Assert.Equal([1, Kept], Ends(row.Cpu));
        Assert.Equal([1001, 1000 + Kept], Ends(row.Memory));
        Assert.Equal([2001, 2000 + Kept], Ends(row.Storage));
        row.Exit();
        Assert.True(row.HasExited);
        Assert.Equal([2, null], Ends(row.Cpu));
    }

    private static double?[] Ends(IReadOnlyCollection<double?> values)
    {
        Assert.Equal(Kept, values.Count);
        return [values.First(), values.Last()];
    }
}
