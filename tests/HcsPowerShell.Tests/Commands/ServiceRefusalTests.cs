using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests that a service that refuses to report its properties stops no command that does not ask for them.
/// </summary>
public sealed class ServiceRefusalTests(Session session) : SessionTests(session)
{
    private const int InvalidJson = unchecked((int)0xC037010D);
    private const int Catastrophic = unchecked((int)0x8000FFFF);

    public static TheoryData<string, int> Commands
    {
        get
        {
            string[] commands =
            [
                "(New-HcsContainer -HcsHost $h -HostName n).Id",
                "(New-HcsContainer -HcsHost $h -Start).Id",
                "(New-HcsContainer -HcsHost $h -SchemaVersion 2.1 -MemoryMaximumInMB 64).Id",
                "Start-HcsProcess given 'cmd' -HcsHost $h",
                "Invoke-HcsProcess given 'cmd' -HcsHost $h -PassThru",
                "Set-HcsContainer given -HcsHost $h -ResourceType Network -RequestType Add -Settings e -PassThru",
            ];
            var data = new TheoryData<string, int>();
            foreach (string command in commands)
            {
                data.Add(command, InvalidJson);
                data.Add(command, Catastrophic);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_command_does_its_work(string command, int refusal)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.ServiceRefusal = refusal;
        system.ProcessStatus = """{"ProcessId":42,"Exited":true,"ExitCode":0,"LastWaitResult":0}""";
        ScriptResult result = Session.Run(command, ("h", host));
        Assert.Empty(result.Errors);
        Assert.NotEmpty(result.Output);
    }

    [Fact]
    public void It_is_warned_of_what_the_host_does_not_enforce_all_the_same()
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.ServiceRefusal = InvalidJson;
        ScriptResult result = Session.Run(
            "New-HcsContainer -HcsHost $h -LayerFolderPath x -WhatIf -WarningVariable w *> $null; $w", ("h", host));
        Assert.Contains("does not enforce", Assert.Single(result.Output).ToString(), System.StringComparison.Ordinal);
    }
}
