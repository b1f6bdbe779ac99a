using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public class ExitTests : UnixTest
{
    public ExitTests()
    {
    }

    protected ExitTests(bool usePidfd)
        : base(usePidfd)
    {
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -TERM $$", 128 + 15)]
    public async Task The_exit_code_is_that_of_the_process(string script, uint expected)
    {
        using ISandboxProcess process = Sandbox.Start(Shell(script));
        Assert.Equal(expected, await ExitOf(process));
    }

    [Fact]
    public async Task A_killed_process_exits_with_137_and_may_be_killed_again()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("sleep 1000"));
        process.Kill();
        Assert.Equal(137u, await ExitOf(process));
        process.Kill();
    }

    [Fact]
    public async Task Kill_of_a_process_spares_those_it_started()
    {
        using ISandboxProcess process = Sandbox.Start(
            Shell("sleep 1000 & echo $!; wait") with { StandardOutput = true });
        using System.IO.StreamReader reader = new(process.StandardOutput!);
        int child = int.Parse((await reader.ReadLineAsync(Token))!, null);
        process.Kill();
        await ExitOf(process);
        Assert.True(IsAlive(child));
        Assert.True(Sandbox.HasProcesses());
        Sandbox.Kill();
        Assert.False(IsAlive(child));
        Assert.False(Sandbox.HasProcesses());
    }

    [Fact]
    public async Task Fifty_processes_at_once_each_give_their_own_code()
    {
        ISandboxProcess[] processes =
            [.. Enumerable.Range(0, 50).Select(code => Sandbox.Start(Shell($"sleep 0.2; exit {code}")))];
        uint?[] codes = await Task.WhenAll(processes.Select(ExitOf));
        Assert.Equal(Enumerable.Range(0, 50).Select(code => (uint?)code), codes);
    }

    [Fact]
    public async Task Shutdown_asks_every_member_by_SIGTERM_a_paused_one_too()
    {
        using ISandboxProcess polite = Sandbox.Start(
            Shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done") with { StandardOutput = true });
        Assert.Equal((int)'r', polite.StandardOutput!.ReadByte());
        Sandbox.Pause();
        Sandbox.Shutdown();
        Assert.Equal(7u, await ExitOf(polite));
    }
}
