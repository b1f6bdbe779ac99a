using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests how many machines work at the same time. On each, a process enters a folder, counts who is in it, and leaves once
/// enough have entered.
/// </summary>
[Collection(nameof(Machines))]
[WideStage]
public sealed class FleetThrottleTests(Machines machines)
{
    internal const string Script = """
        function Enter($name, $enough, $parameters) {
            $null = New-Item -ItemType Directory "$folder/$name"
            Invoke-HcsProcess web -CommandLine "$folder/enter $folder/$name $enough" -HcsHost $names @parameters | Receive-Job -Wait
            (Get-Content "$folder/$name/counts" | ForEach-Object { [int]$_ } | Measure-Object -Maximum).Maximum
            @(Get-ChildItem "$folder/$name/was-*").Count
        }
        '== at once'; Enter all 10 @{}
        '== throttled'; Enter three 3 @{ ThrottleLimit = 3 }
        '== throttled job'; Enter job 3 @{ ThrottleLimit = 3; AsJob = $true }

        """;

    [Fact]
    public void Ten_machines_work_at_the_same_time() => Assert.Equal(["10", "10"], machines.Lines("at once"));

    [Fact]
    public void No_more_work_at_the_same_time_than_the_limit_says() => Assert.Equal(["3", "10"], machines.Lines("throttled"));

    [Fact]
    public void Nor_do_the_children_of_a_job() => Assert.Equal(["3", "10"], machines.Lines("throttled job"));

    /// <summary>Writes the program that the machines run.</summary>
    internal static void Prepare(SshServers servers) => servers.WriteProgram("enter", """
        : > "$1/in-$(hostname)"
        : > "$1/was-$(hostname)"
        ls "$1" | grep -c ^in- >> "$1/counts"
        i=0
        while [ "$(ls "$1" | grep -c ^was-)" -lt "$2" ] && [ $i -lt 1200 ]; do sleep 0.1; i=$((i + 1)); done
        sleep 0.3
        ls "$1" | grep -c ^in- >> "$1/counts"
        rm "$1/in-$(hostname)"

        """);
}
