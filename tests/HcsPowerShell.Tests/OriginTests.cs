using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that objects carry the host they came from, and act on no other.</summary>
public sealed class OriginTests(Session session) : SessionTests(session)
{
    private const string Revive =
        "function Revive($o) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($o)) };";

    [Theory]
    [InlineData("Get-HcsContainer $c")]
    [InlineData("Get-HcsProcess $c")]
    [InlineData("Get-HcsStatistics $c")]
    [InlineData("Get-HcsMappedVirtualDisk $c")]
    [InlineData("Get-HcsHost")]
    [InlineData("Invoke-HcsProcess $c 'echo x' -PassThru")]
    [InlineData("$j = Watch-HcsEvent $c -AsJob; Suspend-HcsContainer $c; Resume-HcsContainer $c; while (-not $j.ChildJobs[0].Output.Count) { }; $j.ChildJobs[0].Output[0]; Stop-Job $j")]
    [InlineData("Stop-HcsContainer $c -Force; Wait-HcsContainer $c")]
    [InlineData("Stop-HcsContainer $c -Force -PassThru | ForEach-Object ExitStatus")]
    public void What_is_handed_over_still_tells_its_host(string command)
    {
        dynamic container = Session.NewRunning();
        Session.Get(
            """
            Set-HcsContainer $c -ResourceType MappedVirtualDisk -RequestType Add -Settings @{ HostPath = 'd'; ContainerPath = '/d' }
            $null = Start-HcsProcess $c 'sleep 100'
            """,
            ("c", (object)container));
        dynamic host = Session.Single("Get-HcsHost");
        PSObject revived = Session.Get($"{Revive} $({command}) | ForEach-Object {{ Revive $_ }}", ("c", (object)container))[0];
        Assert.StartsWith("Deserialized.HcsPowerShell.", revived.TypeNames[0], StringComparison.Ordinal);
        Assert.Equal(Environment.MachineName, revived.Properties["ComputerName"].Value);
        Assert.Equal((Guid)host.HostInstance, revived.Properties["HostInstance"].Value);
        Assert.NotEqual(Guid.Empty, (Guid)host.HostInstance);
    }

    [Fact]
    public void Every_class_of_output_that_names_a_container_or_host_tells_its_host()
    {
        IEnumerable<Type> classes = ((object)Session.Single("Get-HcsHost")).GetType().Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "HcsPowerShell" && (t.Name == "HcsHost" || t.BaseType!.Name == "HcsOutput" || t.GetProperty("ContainerId") is not null));
        Assert.Equal(16, classes.Count());
        Assert.All(classes, t => Assert.Equal(
            (typeof(string), typeof(Guid)),
            (t.GetProperty("ComputerName")?.PropertyType, t.GetProperty("HostInstance")?.PropertyType)));
    }

    [Fact]
    public void A_deserialized_object_of_a_host_that_has_ended_is_refused_and_says_so()
    {
        using var ended = new Session();
        string id = Session.NewRunning().Id;
        PSObject revived = ended.Get($"{Revive} Revive (New-HcsContainer $id -Start); Disconnect-HcsHost", ("id", id))[0];
        ErrorRecord error = Session.Run("$c | Stop-HcsContainer -Force", ("c", revived))
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.Equal(
            $"Cannot stop container '{id}': it is gone: host '{ended.HostName}' has ended."
            + $" To see what is here, type: Get-HcsContainer -Id '{id}'",
            error.ToString());
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Fact]
    public void A_host_that_takes_the_name_of_one_that_ended_is_another()
    {
        using var own = new Session();
        dynamic old = own.NewRunning();
        own.Get($"{Revive} $d = Revive $c; Disconnect-HcsHost", ("c", (object)old), ("n", own.HostName));
        own.Connect($"-Isolation Process {own.HostName}");
        own.Get("$null = New-HcsContainer $c.Id -Start");
        foreach (string command in new[]
        {
            "$d | Stop-HcsContainer -Force", "Stop-HcsContainer -Container $d", "Stop-HcsContainer -Id $d",
            "Stop-HcsContainer $c -HcsHost $n", "$c | Suspend-HcsContainer -HcsHost $n", "Get-HcsHost -HcsHost (Revive $c.HcsHost)",
        })
        {
            Assert.Contains(
                "has ended",
                own.Run(command).RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument).ToString(),
                StringComparison.Ordinal);
        }

        Assert.NotEmpty(own.Run("$c | Suspend-HcsContainer").Errors);
        Assert.Equal("Running", own.StateOf((string)old.Id));
    }

    [Theory]
    [InlineData("Stop-HcsContainer $id")]
    [InlineData("Stop-HcsContainer -Id 'other', $id -WhatIf")]
    [InlineData("$id | Stop-HcsContainer")]
    [InlineData("Stop-HcsProcess $id 1")]
    [InlineData("Invoke-HcsProcess $id hostname")]
    public void A_bare_id_that_was_received_from_elsewhere_is_refused(string command)
    {
        string id = Session.NewRunning().Id;
        var received = PSObject.AsPSObject(new string(id.ToCharArray()));
        received.Properties.Add(new PSNoteProperty("PSComputerName", "hostb"));
        received.Properties.Add(new PSNoteProperty("RunspaceId", new Guid("11111111-2222-3333-4444-555555555555")));
        received.Properties.Add(new PSNoteProperty("PSShowComputerName", true));
        string error = Session.Run(command, ("id", received))
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument).ToString();
        Assert.Contains($"container '{id}': it is on computer 'hostb'. To act there, type: ", error, StringComparison.Ordinal);
        Assert.Contains(
            "Invoke-Command -Session (Get-PSSession -InstanceId 11111111-2222-3333-4444-555555555555) { ",
            error,
            StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Theory]
    [InlineData("Stop-HcsProcess $c.Id $p")]
    [InlineData("Send-HcsProcessInput $c.Id $p x")]
    [InlineData("Get-HcsProcess $c $p")]
    public void A_process_id_that_was_received_from_elsewhere_is_refused(string command)
    {
        dynamic container = Session.NewRunning();
        uint id = Session.StartProcess(container, "sleep", "100").ProcessId;
        var received = new PSObject(id);
        received.Properties.Add(new PSNoteProperty("PSComputerName", "hostb"));
        ScriptResult result = Session.Run(command, ("c", container), ("p", received));
        Assert.Contains("hostb", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Single(Session.Get("Get-HcsProcess $c"));
    }

    [Fact]
    public void The_network_of_a_container_from_elsewhere_is_not_shared_with_the_one_of_its_id_here()
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            $"{Revive} $d = Revive $c; $d.HostInstance = [guid]::NewGuid(); $d.ComputerName = 'hostb'; "
            + "New-HcsContainer app -NetworkSharedContainerName $d",
            ("c", (object)container));
        Assert.Contains("hostb", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Null(Session.StateOf("app"));
    }

    [Theory]
    [InlineData("Stop-HcsContainer $c -Force -TimeoutSec 5 -PassThru:$false", "-Force -TimeoutSec 5 -PassThru:$false")]
    [InlineData("Start-HcsProcess $c \"echo 'x'\" -Environment @{ a = 'b' }", "-Environment <Environment> -CommandLine 'echo ''x'''")]
    [InlineData("Start-HcsProcess $c -CommandArg a, 'b c' -WhatIf -AsJob", "-CommandArg 'a', 'b c'")]
    [InlineData(
        "Set-HcsContainer $c -ResourceType Network -RequestType Add -Settings 'secret'",
        "-ResourceType 'Network' -RequestType 'Add' -Settings <Settings>")]
    public void The_line_to_type_has_what_was_typed(string command, string parameters)
    {
        var foreign = new PSObject();
        foreach ((string name, object value) in new (string, object)[] { ("Id", "it's"), ("HostInstance", Guid.NewGuid()), ("ComputerName", "b") })
        {
            foreign.Properties.Add(new PSNoteProperty(name, value));
        }

        ErrorRecord error = Session.Run(Session.WithoutDefaults(command), ("c", foreign))
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.Equal(
            $"Invoke-Command -ComputerName 'b' {{ {command.Split(' ')[0]} -Id 'it''s' {parameters} }}",
            error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void It_has_no_secret()
    {
        ErrorRecord error = Session.Run(
            $"{Revive} $h = Revive (Get-HcsHost); $h.HostInstance = [guid]::NewGuid(); New-HcsContainer x -Credentials secret -HcsHost $h")
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_runspace_of_this_process_marked_is_from_here()
    {
        string id = Session.NewRunning().Id;
        Assert.Single(Session.Get(
            "[pscustomobject]@{ Id = $id; RunspaceId = [runspace]::DefaultRunspace.InstanceId } | Get-HcsContainer", ("id", id)));
    }

    [Fact]
    public void A_host_that_is_named_beside_an_id_is_used()
    {
        using var other = new Session();
        string id = other.NewRunning().Id;
        Session.Get("[pscustomobject]@{ Id = $id; HcsHost = $n } | Suspend-HcsContainer", ("id", id), ("n", other.HostName));
        Assert.Equal("Paused", other.StateOf(id));
        ErrorRecord error = Assert.Single(Session.Run("[pscustomobject]@{ Id = 'x'; HcsHost = 'nowhere' } | Stop-HcsContainer").Errors);
        Assert.Contains("There is no host 'nowhere'", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$c | Get-HcsHost")]
    [InlineData("$c.HcsHost | Get-HcsHost")]
    [InlineData("Revive $c | Get-HcsHost")]
    [InlineData("Get-HcsStatistics $c | Connect-HcsHost -Embedded -PassThru")]
    [InlineData("Start-HcsProcess $c 'sleep 100' | Disconnect-HcsHost; Get-HcsHost -All | Where-Object Name -eq $n")]
    public void The_commands_on_hosts_take_any_object_of_one(string command)
    {
        using var own = new Session();
        using var none = Session.WithoutHost();
        dynamic container = own.NewRunning();
        string[] names =
        [
            .. none.Get($"{Revive} {command}", ("c", (object)container), ("n", own.HostName))
                .Select(host => (string)((dynamic)host.BaseObject).Name),
        ];
        Assert.Equal(command.Contains("Disconnect", StringComparison.Ordinal) ? [] : [own.HostName], names);
    }

    [Theory]
    [InlineData("Get-HcsHost")]
    [InlineData("Connect-HcsHost -Embedded")]
    [InlineData("Disconnect-HcsHost")]
    public void They_refuse_an_object_from_elsewhere(string command)
    {
        dynamic container = Session.NewRunning();
        Assert.Single(Session.Run("$null | " + command).Errors);
        const string Foreign = "$d = Revive $c; $d.HostInstance = [guid]::NewGuid();";
        Session.Run($"{Revive} {Foreign} $d | {command}", ("c", (object)container))
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Session.Run($"{Revive} $c = $c.HcsHost; {Foreign} {command} -HcsHost $d", ("c", (object)container))
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void Another_host_than_that_of_a_sample_is_refused()
    {
        using var other = new Session();
        dynamic container = Session.NewRunning();
        other.Get("$null = New-HcsContainer $id -Start", ("id", (string)container.Id));
        Session.Run("Get-HcsStatistics $c | Stop-HcsContainer -HcsHost $n", ("c", (object)container), ("n", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.Equal("Running", other.StateOf((string)container.Id));
    }

    [Fact]
    public void The_service_of_a_machine_is_known_again_in_whatever_process_an_object_was_saved()
    {
        (dynamic host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session, "Local");
        (dynamic same, _) = ServiceProxy.HostOf<GivenSystem>(Session, "Local");
        Assert.Equal((Guid)host.HostInstance, (Guid)same.HostInstance);
        system.Listing = """[{ "Id": "given", "State": "Running" }]""";

        // Registers the host as if another process had connected it.
        var hosts = (IDictionary)((object)host).GetType().Assembly.GetType("HcsPowerShell.Hosts.HcsHosts")!
            .GetField("s_hosts", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        PSObject saved = Session.Get($"{Revive} Get-HcsContainer -HcsHost $h | ForEach-Object {{ Revive $_ }}", ("h", (object)host))[0];
        string name = "local-" + Session.NewId();
        hosts.Add(name, host);
        try
        {
            Session.Get("Set-HcsContainer -ResourceType Network -RequestType Add -Settings 'e' -Id $c", ("c", saved));
            Session.Get("$c | Set-HcsContainer -ResourceType Network -RequestType Remove -Settings 'e'");
        }
        finally
        {
            hosts.Remove(name);
        }

        Assert.Equal(2, system.Sent.Count(document => document.Contains("RequestType", StringComparison.Ordinal)));
    }
}
