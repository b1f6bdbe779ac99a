using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>Tests that a machine that dies, is slow, or has no module or another one, holds up none of the others.</summary>
[Collection(nameof(Machines))]
[WideStage]
public sealed class FleetFailureTests(Machines machines)
{
    internal const string Script = """
        '== versions'; Connect-HcsHost -Session $all.old 3>&1 | ForEach-Object { "$_" }
        (Get-HcsContainer -HcsHost host0, old).HcsHost.Name | Sort-Object
        '== older parameter'; (Get-HcsContainer -HcsHost host0, old -State Running @quiet).HcsHost.Name; $failure.Count; "$failure" -match "\[old\].*'State'"
        '== older command'; Watch-HcsEvent web -HcsHost old @quiet; $failure.Count; $failure | Id; "$failure" -match "'old'.*Watch-HcsEvent"
        '== no module'; (Get-HcsContainer -Session $hosts[0], $all.bare, $hosts[1] @quiet).HcsHost.Name | Sort-Object; $failure.Count; $failure | Id; "$failure" -match "'bare'"
        '== slow'; $came = 0
        Invoke-HcsProcess web -CommandLine "$folder/slow $folder/others" -HcsHost host0, host1, host2 | ForEach-Object {
            $_; $came++; if ($came -eq 2) { $null = New-Item "$folder/others" }
        }
        '== dies'; $number = Invoke-Command $all.host9 { $PID }; $begun = 0
        Invoke-HcsProcess web -CommandLine "$folder/works $folder/dead" -HcsHost host1, host9, host2 @quiet | ForEach-Object {
            $_; $begun++; if ($begun -eq 3) { Stop-Process -Id $number -Force; $null = New-Item "$folder/dead" }
        } | Sort-Object; $failure.Count; $failure | Id; "$failure" -match "'host9'"

        """;

    [Fact]
    public void Another_version_is_a_warning_and_works() =>
        Assert.Equal(["Computer 'old' has version 0.0.1 of HcsPowerShell, this session has 0.1.0: what only one of them knows is an error.", "host0", "old"], machines.Lines("versions"));

    [Fact]
    public void A_parameter_that_the_other_version_lacks_is_one_error() =>
        Assert.Equal(["host0", "1", "True"], machines.Lines("older parameter"));

    [Fact]
    public void A_command_that_the_other_version_lacks_is_one_error() =>
        Assert.Equal(["1", "HcsModuleMissing", "True"], machines.Lines("older command"));

    [Fact]
    public void A_machine_without_the_module_is_one_error_and_the_rest_go_on() =>
        Assert.Equal(["host0", "host1", "1", "HcsModuleMissing", "True"], machines.Lines("no module"));

    /// <remarks>The slow one goes on only after the output of the others has come.</remarks>
    [Fact]
    public void A_slow_machine_holds_up_no_other()
    {
        Assert.Equal(3, machines.Lines("slow").Count);
        Assert.Equal("host0", machines.Lines("slow")[2]);
    }

    [Fact]
    public void A_machine_that_dies_in_the_middle_is_one_error_and_the_rest_give_all_they_have() => Assert.Equal(
        [
            "host1 begins", "host1 ends", "host2 begins", "host2 ends", "host9 begins",
            "1", "HcsHostDisconnected", "True",
        ],
        machines.Lines("dies"));

    [Fact]
    public void Nothing_else_fails() => Assert.Equal(string.Empty, machines.Error);

    /// <summary>Writes the programs that the machines run.</summary>
    internal static void Prepare(SshServers servers)
    {
        const string Wait = "i=0; while [ ! -e \"$1\" ] && [ $i -lt 1200 ]; do sleep 0.1; i=$((i + 1)); done";
        servers.WriteProgram("slow", $"if [ \"$(hostname)\" = host0 ]; then {Wait}; fi\nhostname\n");
        servers.WriteProgram("works", $"echo \"$(hostname) begins\"\n{Wait}\necho \"$(hostname) ends\"\n");
    }
}
