using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Targets;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that a text with wildcards is an id if this process has seen it as an id, whatever became of its container.
/// </summary>
public sealed class KnownIdTests(Session session) : SessionTests(session)
{
    public static TheoryData<string> Commands =>
        [.. ContainerCommand.All.Select(c => c.Text).Where(text => text != "Get-HcsContainer")];

    public static TheoryData<string> CommandsOnWhatIsListed =>
        [.. ContainerCommand.All.Where(c => c.Needs != "Stopped").Select(c => c.Text)];

    [Theory]
    [InlineData("Resize-HcsConsole -ContainerId $id -ProcessId 42 -Width 80 -Height 25 -HcsHost $h")]
    [InlineData("Wait-HcsProcess -ContainerId $id -ProcessId 42 -TimeoutSec 0 -HcsHost $h -ErrorAction Ignore")]
    public void An_id_that_was_used_once_is_no_pattern(string command)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        string name = Session.NewId();
        system.Listing = $$"""[{"Id":"{{name}}y"}]""";
        Session.Get(command, ("h", host), ("id", name + "[yz]"));
        Assert.DoesNotContain(
            Session.Run("Suspend-HcsContainer $id -HcsHost $h -Verbose").Verbose,
            text => text.Contains("pattern", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_id_that_has_ended_is_no_pattern(string text)
    {
        ContainerCommand command = Find(text);
        PSObject matching = command.Prepare(Session);
        string id = Bracketed(matching);
        Session.Get("$null = New-HcsContainer $id; Stop-HcsContainer $id -Force", ("id", id));
        RequireLeftAlone(command, matching, id);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_id_that_was_only_listed_is_no_pattern(string text)
    {
        ContainerCommand command = Find(text);
        PSObject matching = command.Prepare(Session);
        string id = Bracketed(matching);
        (object host, Listing service) = ServiceProxy.HostOf<Listing>(Session);
        service.Ended = id;
        Session.Get("$null = Get-HcsContainer -HcsHost $h", ("h", host));
        RequireLeftAlone(command, matching, id);
    }

    [Fact]
    public void An_id_that_could_not_be_created_is_no_pattern()
    {
        PSObject matching = Find("Stop-HcsContainer").Prepare(Session);
        string id = Bracketed(matching);
        Assert.NotEmpty(Session.Run("New-HcsContainer $id -DNSSearchList \"a`nb\"", ("id", id)).Errors);
        Assert.NotEmpty(Session.Run("New-HcsContainer @{ Name = $id; HostName = \"a`nb\" }").Errors);
        RequireLeftAlone(Find("Stop-HcsContainer"), matching, id);
    }

    [Fact]
    public void A_search_takes_it_for_a_pattern_and_says_so()
    {
        PSObject matching = Find("Get-HcsContainer").Prepare(Session);
        string id = Bracketed(matching);
        Session.Get("$null = New-HcsContainer $id; Stop-HcsContainer $id -Force", ("id", id));
        ScriptResult result = Session.Run("Get-HcsContainer $id -Verbose").RequireNoErrors();
        Assert.Equal(matching.Properties["Id"].Value, Assert.Single(result.Output).Properties["Id"].Value);
        RequireMeaning(result, matching);
    }

    [Fact]
    public void Its_exit_is_told_and_not_that_of_what_it_matches()
    {
        string id = Bracketed(Find("Get-HcsContainer").Prepare(Session));
        Session.Get("$null = New-HcsContainer $id; Stop-HcsContainer $id -Force", ("id", id));
        Assert.Equal(id, (string)Session.Single("Wait-HcsContainer $id -TimeoutSec 0").ContainerId);
    }

    [Theory]
    [MemberData(nameof(CommandsOnWhatIsListed))]
    public void What_a_pattern_has_expanded_to_is_said(string text)
    {
        ContainerCommand command = Find(text);
        PSObject matching = command.Prepare(Session);
        string id = Bracketed(matching);
        ScriptResult result = Session.Run(command.On("$id") + " -Verbose", ("id", id)).RequireNoErrors();
        RequireMeaning(result, matching);
        Poll.Until(() => command.Effect is null || command.HasActed(Session, matching), $"{command} to act");
    }

    [Fact]
    public void It_stays_an_id_when_its_host_was_left()
    {
        PSObject matching = Session.Get("New-HcsContainer $id -Start", ("id", Session.NewId())).Single();
        string id = Bracketed(matching);
        using (var gone = new Session())
        {
            gone.Get("New-HcsContainer $id", ("id", id));
        }

        Session.Run("Stop-HcsContainer $id -Force", ("id", id))
            .RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("Running", Session.StateOf((string)matching.Properties["Id"].Value));
    }

    private void RequireLeftAlone(ContainerCommand command, PSObject matching, string id)
    {
        string? before = Session.StateOf((string)matching.Properties["Id"].Value);
        ScriptResult result = Session.Run(command.On("$id") + " -Verbose", ("id", id));
        Assert.False(command.HasActed(Session, matching));
        Assert.Equal(before, Session.StateOf((string)matching.Properties["Id"].Value));
        Assert.DoesNotContain(result.Verbose, said => said.Contains("pattern", StringComparison.Ordinal));
    }

    private static void RequireMeaning(ScriptResult result, PSObject matching) => Assert.Contains(
        result.Verbose,
        said => said.EndsWith($"a pattern it matches '{matching.Properties["Id"].Value}'.", StringComparison.Ordinal));

    private static ContainerCommand Find(string text) => ContainerCommand.All.Single(c => c.Text == text);

    /// <summary>Returns an id that matches another id as a pattern.</summary>
    private static string Bracketed(PSObject container)
    {
        string id = (string)container.Properties["Id"].Value;
        return $"{id[..^1]}[{id[^1]}]";
    }

    /// <summary>A service that lists one more container, which is gone when a command asks for it.</summary>
    public class Listing : ServiceProxy
    {
        public string Ended { get; set; } = string.Empty;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == "GetContainersAsync"
                ? Answering.Completed(targetMethod.ReturnType, List(targetMethod))
                : base.Invoke(targetMethod, args);

        private object? List(MethodInfo method)
        {
            Type item = method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0];
            return item.Assembly.GetType(item.Namespace + ".HcsJson")!.GetMethod("ReadList")!.MakeGenericMethod(item)
                .Invoke(null, [$$"""[{"Id":"{{Ended}}"}]"""]);
        }
    }
}
