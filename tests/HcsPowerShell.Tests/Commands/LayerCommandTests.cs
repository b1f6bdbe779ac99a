using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests what all commands on layers have in common: hosts, time limits, stops and errors.</summary>
public sealed class LayerCommandTests(OciSession oci) : LayerTests(oci)
{
    public static TheoryData<string> Commands => new(
        "Get-HcsLayer", "Mount-HcsLayer", "Dismount-HcsLayer", "Remove-HcsLayer", "Initialize-HcsLayer");

    // Those that read the list of parents of a scratch, which a test can hold up.
    public static TheoryData<string> CommandsThatReadParents => new(
        "Get-HcsLayer", "Mount-HcsLayer", "Dismount-HcsLayer", "Remove-HcsLayer");

    public static TheoryData<string, string> Problems => new()
    {
        { "NotFound", "HcsLayerNotFound" },
        { "NotALayer", "HcsNotALayer" },
        { "AlreadyExists", "HcsLayerAlreadyExists" },
        { "NotInitialized", "HcsLayerNotInitialized" },
        { "OtherVersion", "HcsLayerOfOtherVersion" },
        { "NoUtilityVM", "HcsNoUtilityVM" },
        { "AlreadyInitialized", "HcsLayerAlreadyInitialized" },
        { "ParentMissing", "HcsLayerParentMissing" },
        { "ChainUnreadable", "HcsLayerChainUnreadable" },
        { "ChainLoop", "HcsLayerChainLoop" },
        { "OtherParents", "HcsLayerOfOtherParents" },
        { "InUse", "HcsLayerInUse" },
        { "Foreign", "HcsLayerForeign" },
    };

    // What a command does on the layer app, which is mounted.
    private const string Prepare =
        "$null = New-HcsLayer app base; $m = Mount-HcsLayer app; $app = Get-HcsLayer app; $d = Revive $m;";

    [Fact]
    public void Every_command_on_layers_is_tried() => Assert.Equal(
        Commands.Select(command => command.Data).Append("New-HcsLayer").Order(StringComparer.Ordinal),
        Session.Get("(Get-Command *-HcsLayer -Module HcsPowerShell).Name").Select(name => (string)name.BaseObject)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_problem_of_a_layer_is_tried() => Assert.Equal(
        Session.Get("[Enum]::GetNames([HcsPowerShell.Interop.LayerProblem])").Select(name => (string)name.BaseObject),
        Problems.Select(problem => problem.Data.Item1));

    [Theory]
    [MemberData(nameof(Problems))]
    public void Each_problem_has_an_error_with_its_target_and_advice(string problem, string id)
    {
        (object host, GivenLayers layers) = ServiceProxy.HostOf<GivenLayers>(Session);
        layers.Problem = (method, _) => method == "MountAsync" ? problem : null;
        ScriptResult result = Session.Run("Mount-HcsLayer app -HcsHost $h", ("h", host));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(At("app"), error.TargetObject);
        Assert.Equal($"Cannot mount layer '{At("app")}': '{At("app")}' is bad.", error.ToString());
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain("defect", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_layer_of_another_host_than_was_named_is_refused(string command)
    {
        using var other = new Session();
        Session.Get($"{Revive} {Prepare}");
        foreach (string target in new[] { "$app", "$m", "$d" })
        {
            ScriptResult result = Session.Run($"{target} | {command} -HcsHost $n", ("n", other.HostName));
            Assert.Equal(
                $"Cannot {Verb(command)} layer '{At("app")}': it lives on host '{Session.HostName}',"
                    + $" not on '{other.HostName}'.",
                result.RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument).ToString());
        }

        Assert.NotNull(Session.Single("Get-HcsLayer app").VolumePath);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_layer_of_a_host_that_has_ended_is_refused(string command)
    {
        string name = "ended-" + Session.NewId();
        Session.Connect($"-Isolation Oci -Name {name}");
        Session.Get(
            $"{Revive} {Prepare} Connect-HcsHost -Embedded -Name $own; Disconnect-HcsHost $n",
            ("n", name),
            ("own", Session.HostName));
        foreach (string target in new[] { "$app", "$m" })
        {
            RequireRefusal(
                $"{target} | {command}", "HcsServiceDisconnect", ErrorCategory.ConnectionError, At("app"));
        }

        ErrorRecord error =
            Session.Run($"$d | {command}").RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.Contains($"host '{name}' has ended", error.ToString(), StringComparison.Ordinal);
        Assert.True(Directory.Exists(At("app")));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_layer_of_another_computer_is_refused_with_the_line_to_type(string command)
    {
        Session.Get(
            $"{Revive} {Prepare} $l = Revive $app;"
                + " foreach ($o in $l, $d) { $o.HostInstance = [guid]::NewGuid(); $o.ComputerName = 'b' }");
        foreach (string target in new[] { "$l", "$d" })
        {
            ErrorRecord error = Session.Run($"{target} | {command}")
                .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
            Assert.Equal(
                $"Invoke-Command -ComputerName 'b' {{ {command} -LiteralPath '{At("app")}' }}",
                error.ErrorDetails.RecommendedAction);
        }

        Assert.NotNull(Session.Single("Get-HcsLayer app").VolumePath);
    }

    [Theory]
    [InlineData("New-HcsLayer new -ParentLayer $l")]
    [InlineData("Mount-HcsLayer other -ParentLayer $l")]
    [InlineData("Mount-HcsLayer other -ParentLayer base, $l")]
    public void A_parent_on_another_computer_is_refused(string command)
    {
        Session.Get(
            $"{Revive} $null = New-HcsLayer other base; $l = Revive (Get-HcsLayer base);"
                + " $l.HostInstance = [guid]::NewGuid(); $l.ComputerName = 'b'");
        ErrorRecord error = Session.Run(command)
            .RequireError("ParameterArgumentTransformationError", ErrorCategory.InvalidData);
        Assert.Contains("computer 'b'", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("new")));
        Assert.Null(Session.Single("Get-HcsLayer other").VolumePath);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    [InlineData("New-HcsLayer -ParentLayer base")]
    public void Isolation_Process_refuses_by_name(string command)
    {
        using var other = new Session();
        ErrorRecord error = RequireRefusal(
            $"'base' | {command} -HcsHost $n",
            "HcsNotSupported",
            ErrorCategory.NotImplemented,
            At("base"),
            ("n", other.HostName));
        Assert.Contains("Isolation Process has no layers", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Oci", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CommandsThatReadParents))]
    public void A_call_that_is_not_answered_ends_with_the_limit(string command)
    {
        Session.Get("$null = New-HcsLayer app base");
        using (new HeldLayer(At("app")))
        {
            ErrorRecord error = RequireRefusal(
                $"'app' | {command} -TimeoutSec 1",
                "HcsOperationTimeout",
                ErrorCategory.OperationTimeout,
                At("app"));
            Assert.Contains(" in time: 1 s have passed", error.ToString(), StringComparison.Ordinal);
            Assert.Equal("Allow more time with -TimeoutSec.", error.ErrorDetails.RecommendedAction);
        }

        Poll.Until(() => Session.Single("Get-HcsLayer app").VolumePath is null, "no late mount to be left");
        Assert.True(Directory.Exists(At("app")));
    }

    [Theory]
    [MemberData(nameof(CommandsThatReadParents))]
    public void CtrlC_ends_the_wait(string command)
    {
        Session.Get("$null = New-HcsLayer app base");
        using (new HeldLayer(At("app")))
        {
            using RunningScript running = Session.Begin($"'ready'; 'app' | {command}");
            running.WaitForOutput(1);
            Assert.InRange(running.Stop(), TimeSpan.Zero, Waits.Prompt);
            Assert.True(running.HasEnded);
            Assert.Empty(running.Errors);
            Assert.Single(running.Output);
        }

        Poll.Until(() => Session.Single("Get-HcsLayer app").VolumePath is null, "no late mount to be left");
        Assert.True(Directory.Exists(At("app")));
    }

    [Theory]
    [InlineData("Mount-HcsLayer app")]
    [InlineData("Dismount-HcsLayer app")]
    public void A_job_that_waits_is_stopped(string command)
    {
        Session.Get("$null = New-HcsLayer app base");
        using (new HeldLayer(At("app")))
        {
            var job = (Job)Session.Single($"$job = {command} -AsJob; $job");
            Assert.Equal(JobState.Running, job.JobStateInfo.State);
            Session.Get("Stop-Job $job");
            Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        }

        Poll.Until(() => Session.Single("Get-HcsLayer app").VolumePath is null, "no late mount to be left");
    }

    [Theory]
    [InlineData("Get-HcsLayer app")]
    [InlineData("Mount-HcsLayer app")]
    public void What_is_handed_over_still_tells_its_host(string command)
    {
        dynamic host = Session.Single("$null = New-HcsLayer app base; Get-HcsHost");
        PSObject revived = Session.Get($"{Revive} Revive ({command})")[0];
        Assert.StartsWith("Deserialized.HcsPowerShell.", revived.TypeNames[0], StringComparison.Ordinal);
        Assert.Equal(Environment.MachineName, revived.Properties["ComputerName"].Value);
        Assert.Equal((Guid)host.HostInstance, revived.Properties["HostInstance"].Value);
    }

    [Theory]
    [InlineData("New-HcsLayer new base", "Creating a layer", "new")]
    [InlineData("Mount-HcsLayer app", "Mounting a layer", "app")]
    [InlineData("Remove-HcsLayer app", "Removing a layer", "app")]
    [InlineData("Initialize-HcsLayer base", "Initializing a layer", "base")]
    public void The_progress_names_the_target_and_ends(string command, string activity, string target)
    {
        (object host, _) = ServiceProxy.HostOf<GivenLayers>(Session);
        RequireProgress(command + " -HcsHost $h", activity, At(target), () => { }, ("h", host));
    }

    [Fact]
    public void The_progress_of_work_that_fails_ends_too()
    {
        ScriptResult result = Session.Run("$ProgressPreference = 'Continue'; Mount-HcsLayer base");
        result.RequireError("HcsNotALayer", ErrorCategory.InvalidType);
        Assert.Equal(
            [ProgressRecordType.Processing, ProgressRecordType.Completed], result.Progress.Select(record => record.RecordType));
    }

    [Fact]
    public void Several_targets_do_not_share_a_bar() => Assert.Equal(
        2,
        Session.Run("$ProgressPreference = 'Continue'; $null = New-HcsLayer one, two base").RequireNoErrors().Progress
            .Select(record => record.ActivityId).Distinct().Count());

    [Fact]
    public void Zero_looks_once() => Assert.Single(Session.Get("Get-HcsLayer base -TimeoutSec 0"));

    // Only a base layer is completed.
    private static string Verb(string command) =>
        command == "Get-HcsLayer" ? "describe" : command.Split('-')[0].ToLowerInvariant();
}
