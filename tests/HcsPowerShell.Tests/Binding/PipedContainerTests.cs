using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Binding;

/// <summary>
/// Tests that containers pipe into the commands that run something: as targets where no target is named, otherwise as
/// input.
/// </summary>
public sealed class PipedContainerTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("$all | Invoke-HcsProcess -CommandLine 'echo hi'")]
    [InlineData("$all | Invoke-HcsProcess 'echo hi'")]
    [InlineData("$all | Invoke-HcsProcess echo hi")]
    [InlineData("$all | Invoke-HcsProcess -- sh -c 'echo $0' hi")]
    [InlineData("$all | Invoke-HcsProcess -CommandArg echo, hi")]
    [InlineData("$saved | Invoke-HcsProcess 'echo hi'")]
    [InlineData("$all[0], $saved[1] | Invoke-HcsProcess 'echo hi'")]
    [InlineData("($all | Invoke-HcsProcess 'echo hi' -PassThru).StandardOutput")]
    [InlineData("$all | Invoke-HcsProcess 'echo hi' -AsJob | Receive-Job -Wait")]
    public void Containers_are_the_targets_where_none_is_named(string command)
    {
        Create();
        Assert.Equal(["hi", "hi"], Text(Session.Get(command)));
    }

    [Fact]
    public void The_output_of_one_container_comes_after_that_of_the_other()
    {
        Create();
        Assert.Equal(
            ["a", "b", "a", "b"],
            Text(Session.Get("$all | Invoke-HcsProcess -- sh -c 'echo a; sleep 0.2; echo b'")));
    }

    [Fact]
    public void Processes_have_no_standard_input_then() => Assert.Equal(
        ["/dev/null", "/dev/null"],
        Text(Session.Get(Two + "$all | Invoke-HcsProcess 'readlink /proc/self/fd/0'")));

    [Theory]
    [InlineData("$all | Invoke-HcsProcess $c cat")]
    [InlineData("$all | Invoke-HcsProcess $c.Id cat")]
    [InlineData("$all | Invoke-HcsProcess -Id $c.Id -CommandLine cat")]
    [InlineData("$all | Invoke-HcsProcess -Container $c -CommandLine cat")]
    [InlineData("$all | Invoke-HcsProcess $c.Id -CommandArg cat")]
    public void Containers_are_input_where_a_target_is_named(string command)
    {
        Create();
        string input = string.Join("\n", Text(Session.Get(command)));
        Assert.Contains("Running", input, StringComparison.Ordinal);
        Assert.All(Session.Get("$all.Id"), id => Assert.Contains(id.ToString()[..8], input, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$c, 'text' | Invoke-HcsProcess 'touch {0}'")]
    [InlineData("$c, 7 | Invoke-HcsProcess -CommandLine 'touch {0}'")]
    [InlineData("$c, $null | Invoke-HcsProcess -CommandLine 'touch {0}'")]
    [InlineData("$c, 'text' | Invoke-HcsProcess 'touch {0}' -AsJob")]
    [InlineData("$c, 'text' | Start-HcsProcess 'touch {0}'")]
    [InlineData("$all[0], 'text', $all[1] | Invoke-HcsProcess 'touch {0}'")]
    public void A_mixture_is_an_error_before_anything_starts(string command)
    {
        using TemporaryFolder folder = new();
        string file = System.IO.Path.Combine(folder.Path, "started");
        Create();
        ErrorRecord error = Session.Run(string.Format(null, command, file))
            .RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
        Assert.Contains("process 'touch' in the containers of the pipeline", error.ToString(), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(file));
    }

    [Theory]
    [InlineData("'text' | Invoke-HcsProcess -CommandLine cat")]
    [InlineData("'text', $c | Invoke-HcsProcess -CommandLine cat")]
    [InlineData("Invoke-HcsProcess -CommandLine cat")]
    public void Without_any_target_there_is_one_error(string command)
    {
        Create();
        ErrorRecord error = Session.Run(command).RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
        Assert.Contains("no container is named", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_pipeline_runs_nothing_where_no_target_is_named_and_the_process_where_one_is()
    {
        Create();
        Assert.Empty(Session.Get("@() | Invoke-HcsProcess -CommandLine 'echo hi'"));
        Assert.Equal(["hi"], Text(Session.Get("@() | Invoke-HcsProcess $c 'echo hi'")));
        Assert.Equal(["hi"], Text(Session.Get("@() | Invoke-HcsProcess $c.Id 'echo hi'")));
    }

    [Theory]
    [InlineData("$all | Start-HcsProcess 'sleep 100'")]
    [InlineData("$all | Start-HcsProcess -CommandLine 'sleep 100'")]
    [InlineData("$all | Start-HcsProcess -- sleep 100")]
    [InlineData("$saved | Start-HcsProcess 'sleep 100'")]
    [InlineData("$all.Id | Start-HcsProcess -CommandLine 'sleep 100'")]
    [InlineData("$all | Start-HcsProcess 'sleep 100' -AsJob | Receive-Job -Wait")]
    public void Start_takes_containers_too(string command)
    {
        Create();
        Assert.Equal(
            Text(Session.Get("$all.Id")), Text(Session.Get($"({command}).ContainerId")).Order(StringComparer.Ordinal));
        Assert.Equal(2, Session.Get("Get-HcsProcess $all").Count(process => ((string)process.Properties["ImageName"].Value).Contains("sleep", StringComparison.Ordinal)));
    }

    [Fact]
    public void Start_takes_no_input()
    {
        Create();
        ErrorRecord error = Session.Run("$all[0] | Start-HcsProcess $all[1].Id 'sleep 100'")
            .RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
        Assert.Contains("a container is named already", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Get("Get-HcsProcess $all[1]"));
    }

    [Fact]
    public void The_parameters_of_the_pipeline_show_in_no_syntax() => Assert.DoesNotContain(
        "Piped", (string)Session.Single("(Get-Command Start-HcsProcess, Stop-HcsProcess, Enter-HcsContainer -Syntax) -join ''"), StringComparison.Ordinal);

    private const string Two = "$all = 1..2 | ForEach-Object { New-HcsContainer -Start } | Sort-Object Id; $c = $all[0]; ";

    private static IEnumerable<string> Text(IEnumerable<PSObject> objects) => objects.Select(one => one.ToString());

    private void Create() => Session.Get(
        Two + "$saved = $all | ForEach-Object { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) }");
}
