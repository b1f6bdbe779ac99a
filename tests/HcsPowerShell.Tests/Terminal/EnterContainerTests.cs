using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Help;
using Xunit;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>Tests Enter-HcsContainer at a terminal of 99 x 33.</summary>
public sealed class EnterContainerTests : IDisposable
{
    private const string CtrlD = "\x04";

    // The machine is a system of its own for a container of schema 2, and has no id for one of schema 1.
    private const string Hosted =
        """
        function New-System([string] $Id, [hashtable] $Kind) {
            $document = @{ SchemaVersion = @{ Major = 2; Minor = 1 }; Owner = 'HcsPowerShell' } + $Kind
            $null = New-HcsContainer -Id $Id -Start -Configuration $document
        }
        New-System uvm @{ VirtualMachine = @{} }
        New-System hosted @{
            HostingSystemId = 'uvm'; HostedSystem = @{ SchemaVersion = @{ Major = 2; Minor = 1 }; Container = @{} }
        }
        $null = New-HcsContainer -Id old -HvPartition -SchemaVersion 1 -Start
        'begun'
        $entered = Enter-HcsContainer hosted 'echo there' -HostingSystem -PassThru
        "in $($entered.ContainerId): $($entered.ExitCode)"
        Enter-HcsContainer old 'exit 0' -HostingSystem
        [HcsPowerShell.Wine.Mock]::Record('vmcompute')[-1]
        Enter-HcsContainer hosted 'cat' -HostingSystem
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Examples => [.. MarkdownHelp.Read("Enter-HcsContainer").Examples.Select(e => e.Code)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_its_help_runs(string code)
    {
        using PseudoTerminal terminal = Open($"$null = New-HcsContainer web -Start\n{code}\n\"$($Error.Count) errors\"");
        terminal.Type("echo en''tered\r", "entered\r\n");
        terminal.Type("exit\r", "0 errors\r\n");
    }

    [Fact]
    public void The_terminal_is_the_containers_until_the_process_exits_and_then_as_it_was()
    {
        using PseudoTerminal terminal = Open("Enter-HcsContainer c; \"code $LASTEXITCODE\"; Start-Sleep 100");
        string before = terminal.Modes;

        terminal.Type("echo en''tered\r", "entered\r\n");
        Assert.NotEqual(before, terminal.Modes);
        terminal.Type("stty size\r", "33 99\r\n");
        terminal.Resize(120, 40);
        terminal.Type("until [ \"$(stty size)\" = '40 120' ]; do :; done; echo re''sized\r", "resized\r\n");
        terminal.Type("exit 7\r", "code 7\r\n");

        Assert.Equal(before, terminal.Modes);
    }

    [Fact]
    public void Ctrl_C_and_end_of_file_go_to_the_container()
    {
        using PseudoTerminal terminal = Open("Enter-HcsContainer c -CommandLine sh; \"code $LASTEXITCODE\"");

        // The program that prints this is already in the foreground; between two commands the shell itself would get
        // the signal.
        terminal.Type("sh -c 'echo rea\"\"dy; exec sleep 1000'\r", "ready\r\n");
        terminal.Type(PseudoTerminal.CtrlC, "^C");
        terminal.Type("echo al''ive\r", "alive\r\n");
        terminal.Type("tr i a; echo en''ded\rline\r", "lane\r\n");
        terminal.Type(CtrlD, "ended\r\n");
        terminal.Type("(exit 5)\r" + CtrlD, "code 5\r\n");
    }

    [Fact]
    public void The_environment_the_folder_and_the_object_are_the_users()
    {
        using PseudoTerminal terminal = Open(
            "$p = Enter-HcsContainer c 'sh -c \"echo $GREETING from $PWD on $TERM; exit 4\"' -Environment @{ GREETING = 'hello' }"
            + " -WorkingDirectory /tmp -PassThru; \"exit $($p.ExitCode)\"");
        terminal.ReadUntil("hello from /tmp on xterm\r\n");
        terminal.ReadUntil("exit 4\r\n");
    }

    [Fact]
    public void One_of_another_host_is_entered_there_and_a_bad_one_among_good_ones_is_one_error()
    {
        using PseudoTerminal terminal = Open(
            """
            $null = Connect-HcsHost -Embedded -Isolation Process -Name far
            $far = New-HcsContainer f -Start
            $null = Connect-HcsHost -Embedded
            $far | Enter-HcsContainer -CommandLine 'sh -c "echo far; exit 6"'; "code $LASTEXITCODE"
            Enter-HcsContainer nobody, c 'sh -c "echo near; exit 5"'; "code $LASTEXITCODE"
            """);
        terminal.ReadUntil("far\r\n");
        terminal.ReadUntil("code 6\r\n");
        terminal.ReadUntil("'nobody'");
        terminal.ReadUntil("near\r\n");
        terminal.ReadUntil("code 5\r\n");
    }

    [Theory]
    [InlineData("no-such-program", "HcsPathNotFound")]
    [InlineData("-HostingSystem", "HcsNotSupported")]
    public void A_process_that_does_not_start_leaves_the_terminal_alone(string arguments, string id)
    {
        using PseudoTerminal terminal = Open(
            $"Enter-HcsContainer c {arguments} -ErrorVariable failure 2>$null; "
            + "\"failure $($failure[0].FullyQualifiedErrorId)\"; Start-Sleep 100");
        string before = terminal.Modes;
        terminal.ReadUntil($"failure {id}");
        Assert.Equal(before, terminal.Modes);
    }

    [Fact]
    public void The_terminal_is_a_console_in_the_virtual_machine_that_hosts_a_container()
    {
        using var terminal = new PseudoTerminal(MockedEngine.Shell(_folder, Hosted, "computecore", "vmcompute"), width: 99, height: 33);
        terminal.ReadUntil("begun\r\n");
        string before = terminal.Modes;
        terminal.ReadUntil("there\r\n");
        terminal.ReadUntil("in uvm: 0\r\n");
        terminal.ReadUntil("HcsCreateProcess CreateInUtilityVm old\r\n");
        Poll.Until(() => terminal.Modes != before, "the terminal is the console of the last process");
        terminal.Type("typed", "typed");
        terminal.Terminate();
        Assert.Equal(128 + 15, terminal.WaitForExit());
        Assert.Equal(before, terminal.Modes);
    }

    [Fact]
    public void A_request_to_end_gives_the_terminal_back()
    {
        using PseudoTerminal terminal = Open("Enter-HcsContainer c");
        string before = terminal.Modes;
        terminal.Type("echo en''tered\r", "entered\r\n");
        Assert.NotEqual(before, terminal.Modes);

        terminal.Terminate();

        Assert.Equal(128 + 15, terminal.WaitForExit());
        Assert.Equal(before, terminal.Modes);
    }

    /// <summary>Opens a terminal that runs a script after it has started a container c.</summary>
    private PseudoTerminal Open(string script)
    {
        string file = _folder.Write("test.ps1", "$null = New-HcsContainer c -Start; 'begun'\n" + script);
        var terminal = new PseudoTerminal(
            new PwshStart("-File", file) { Environment = [("HCS_HOST", "embedded")] }, width: 99, height: 33);
        terminal.ReadUntil("begun\r\n");
        return terminal;
    }
}
