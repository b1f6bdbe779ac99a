using System.Text;
using HcsPowerShell.Embedded.Isolation.Unix;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class ProcStatTests
{
    private const string Fields = " S 11 22 33 0 -1 4194304 1 2 3 4 500 600 700 800 20 0 1 0 99999 1 2 3";

    [Theory]
    [InlineData("sh")]
    [InlineData("a b) S 1 (c")]
    [InlineData("")]
    public void A_name_may_hold_anything(string name)
    {
        ProcStat stat = ProcStat.Parse(44, Encoding.UTF8.GetBytes($"44 ({name}){Fields}"))!;
        Assert.Equal(name, stat.Name);
        Assert.Equal(new ProcessKey(44, 99999), stat.Key);
        Assert.Equal((11, 22, 33, 'S'), (stat.ParentId, stat.GroupId, stat.SessionId, stat.State));
        Assert.Equal(
            (500ul, 600ul, 700ul, 800ul),
            (stat.UserTicks, stat.KernelTicks, stat.ChildUserTicks, stat.ChildKernelTicks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("44 (sh)")]
    [InlineData("44 (sh) S 1 2")]
    [InlineData("44 (sh) S x")]
    public void What_is_cut_short_is_no_process(string line) =>
        Assert.Null(ProcStat.Parse(44, Encoding.UTF8.GetBytes(line)));
}
