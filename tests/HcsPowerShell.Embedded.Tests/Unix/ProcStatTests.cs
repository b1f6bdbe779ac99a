using System;
using System.Text;
using HcsPowerShell.Embedded.Linux.Processes;
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
    [InlineData("4096", "140737488351000", 140737488351000L)]
    [InlineData("4096", "0", 0L)]
    [InlineData("0", "0", null)]
    public void The_end_of_the_environment_tells_who_is_between_two_programs(string memory, string end, long? expected)
    {
        // As the kernel writes them: no memory limit, and -1 for the exit signal.
        string rest = $"{memory} 3 18446744073709551615 1 2 3 4 5 0 0 0 0 0 0 0 -1 0 0 0 0 0 0 6 7 8 9 10 11 {end} 0";
        ProcStat stat = ProcStat.Parse(
            44, Encoding.UTF8.GetBytes($"44 (sh) S 11 22 33 0 -1 4194304 1 2 3 4 500 600 700 800 20 0 1 0 99999 {rest}\n"))!;
        Assert.Equal((ulong?)expected, stat.EnvironmentEnd);
    }

    [Fact]
    public void This_process_is_in_a_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        Assert.True(ProcStat.Read(new ProcReader(), Environment.ProcessId)!.EnvironmentEnd > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("44 (sh)")]
    [InlineData("44 (sh) S 1 2")]
    [InlineData("44 (sh) S x")]
    public void What_is_cut_short_is_no_process(string line) =>
        Assert.Null(ProcStat.Parse(44, Encoding.UTF8.GetBytes(line)));
}
