using System;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that -Verbose tells each call to the service and -Debug its documents, and that nobody listens without them.
/// </summary>
public sealed class VerboseCallTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("New-HcsContainer $id -Start", "HcsCreateComputeSystem", "HcsStartComputeSystem", "HcsGetComputeSystemProperties")]
    [InlineData("Stop-HcsContainer $c -Force", "HcsTerminateComputeSystem")]
    [InlineData("Stop-HcsContainer $c", "HcsShutDownComputeSystem")]
    [InlineData("Suspend-HcsContainer $c", "HcsPauseComputeSystem")]
    [InlineData("Get-HcsProcess $c", "HcsGetComputeSystemProperties")]
    [InlineData("Start-HcsProcess $c 'sleep 100'", "HcsCreateProcess", "HcsGetProcessInfo")]
    [InlineData("Invoke-HcsProcess $c true", "HcsCreateProcess", "HcsGetProcessInfo")]
    [InlineData("Restart-HcsContainer $c", "HcsShutDownComputeSystem", "HcsCreateComputeSystem", "HcsStartComputeSystem")]
    [InlineData("Get-HcsStatistics $c -Continuous -SampleCount 1", "HcsGetComputeSystemProperties")]
    public void A_call_has_a_line_with_its_target_code_and_time(string command, params string[] functions)
    {
        dynamic container = Session.NewRunning();
        string id = command.Contains("$id", StringComparison.Ordinal) ? Session.NewId() : (string)container.Id;
        ScriptResult result = Session.Run(command + " -Verbose", ("c", (object)container), ("id", id)).RequireNoErrors();
        Assert.Equal(
            functions.Select(function => $"{function} '{id}': 0x00000000"),
            Calls(result).Where(call => !call.StartsWith("HcsOpen", StringComparison.Ordinal)).Take(functions.Length));
    }

    [Fact]
    public void A_refused_call_has_its_code_and_a_list_has_no_target()
    {
        dynamic container = Session.NewRunning();
        Plan("Operation = 'Pause'; HResult = '0x80370105'");
        Assert.Equal(
            [$"HcsPauseComputeSystem '{container.Id}': 0x80370105"],
            Calls(Session.Run("Suspend-HcsContainer $c -Verbose", ("c", (object)container))));
        Assert.Equal(["HcsEnumerateComputeSystems: 0x00000000"], Calls(Session.Run("Get-HcsContainer -Verbose")));
    }

    [Fact]
    public void A_call_that_is_given_up_has_the_code_for_that()
    {
        dynamic container = Session.NewRunning();
        Plan("Operation = 'Pause'; LostNotification = $true");
        Assert.Equal(
            [$"HcsPauseComputeSystem '{container.Id}': 0x80370118"],
            Calls(Session.Run("Suspend-HcsContainer $c -TimeoutSec 1 -Verbose", ("c", (object)container))));
    }

    [Theory]
    [InlineData("Start", "0x80370105", "New-HcsContainer $id -Start", "HcsTerminateComputeSystem")]
    [InlineData("Stdio", "0x80370105", "Start-HcsProcess $c 'sleep 100'", "HcsTerminateProcess")]
    public void The_call_that_cleans_up_after_a_refusal_has_its_line(
        string refused, string code, string command, string cleansUp)
    {
        dynamic container = Session.NewRunning();
        string id = command.Contains("$id", StringComparison.Ordinal) ? Session.NewId() : (string)container.Id;
        Plan($"Operation = '{refused}'; HResult = '{code}'");
        ScriptResult result = Session.Run(command + " -Verbose", ("c", (object)container), ("id", id));
        Assert.NotEmpty(result.Errors);
        Assert.Equal($"{cleansUp} '{id}': 0x00000000", Calls(result)[^1]);
    }

    [Fact]
    public void The_look_for_an_exit_that_nobody_saw_has_its_line()
    {
        Plan("Operation = 'Wait'; LostNotification = $true");
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run("Stop-HcsContainer $c -Force -Verbose", ("c", (object)container));
        Assert.Equal(
            [$"HcsTerminateComputeSystem '{container.Id}': 0x00000000", $"HcsGetComputeSystemProperties '{container.Id}'"],
            Calls(result).Select((call, i) => i == 0 ? call : call[..call.LastIndexOf(':')]));
    }

    [Fact]
    public void The_lines_of_a_job_are_in_its_child()
    {
        dynamic container = Session.NewRunning();
        Assert.Contains(
            $"HcsPauseComputeSystem '{container.Id}': 0x00000000",
            Session.Get(
                "$j = Suspend-HcsContainer $c -AsJob -Verbose; $null = Wait-Job $j; $j.ChildJobs[0].Verbose | ForEach-Object Message",
                ("c", (object)container)).Select(line => Regex.Replace(line.ToString(), ", [0-9.]+ ms$", string.Empty)));
    }

    [Theory]
    [InlineData(
        "New-HcsContainer -Configuration $json",
        "HcsCreateComputeSystem",
        "^Request: .*\"Name\":\"n\".*\"Credentials\":\"\\*\\*\\*\"[^\n]*$")]
    [InlineData(
        "Start-HcsProcess $c 'sleep 100' -Environment @{ A = 'PLANTED' }",
        "HcsCreateProcess",
        "^Request: .*\"sleep 100\",\"Environment\":\"\\*\\*\\*\"[^\n]*$")]
    [InlineData(
        "Set-HcsContainer $c -Request @{ ResourcePath = 'Container/Processor'; Settings = @{ Weight = 'PLANTED' } }",
        "HcsModifyComputeSystem",
        "^Request: {\"ResourcePath\":\"Container/Processor\",\"Settings\":{\"Weight\":\"\\*\\*\\*\"}}$")]
    [InlineData(
        "Set-HcsContainer $c -ResourceType Network -RequestType Add -Settings @{ A = 'PLANTED' }",
        "HcsModifyComputeSystem",
        "^Request: {\"ResourceType\":\"Network\",\"Settings\":{\"A\":\"\\*\\*\\*\"},\"RequestType\":\"Add\"}$")]
    [InlineData("Get-HcsStatistics $c", "HcsGetComputeSystemProperties", "^Request: {\"PropertyTypes\":\\[\"Statistics\"]}\nAnswer: {.*$")]
    [InlineData("Get-HcsContainer", "HcsEnumerateComputeSystems", "^Request: {}\nAnswer: \\[.*]$")]
    [InlineData("Suspend-HcsContainer $c", "HcsPauseComputeSystem", "^$")]
    public void Debug_alone_has_one_record_a_call_with_its_documents(string command, string function, string documents)
    {
        const string Json = "{\"SystemType\":\"Container\",\"Name\":\"n\",\"Credentials\":\"PLANTED\"}";
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            command + " -Debug -WarningAction SilentlyContinue 5>&1", ("c", (object)container), ("id", Session.NewId()), ("json", Json));
        string record = Assert.Single(Records(result, function + @"(?: '[^']*')?: 0x[0-9A-F]{8}, [0-9.]+ ms"));
        Assert.Matches(documents, record);
        Assert.DoesNotContain("PLANTED", record, StringComparison.Ordinal);
        Assert.Empty(Calls(result));
    }

    [Fact]
    public void The_preference_and_the_child_of_a_job_have_the_same_records()
    {
        dynamic container = Session.NewRunning();
        Assert.Single(Records(
            Session.Run("& { $DebugPreference = 'Continue'; Get-HcsContainer $c.Id 5>&1 }", ("c", (object)container)),
            "HcsEnumerateComputeSystems: 0x00000000, [0-9.]+ ms"));
        Assert.Single(Records(
            Session.Run(
                "$j = Suspend-HcsContainer $c -AsJob -Debug; $null = Wait-Job $j; $j.ChildJobs[0].Debug",
                ("c", (object)container)),
            $"HcsPauseComputeSystem '{container.Id}': 0x00000000, [0-9.]+ ms"));
    }

    [Fact]
    public void Nobody_listens_without_Verbose_or_Debug()
    {
        (object host, Listening service) = ServiceProxy.HostOf<Listening>(Session);
        Session.Get("Get-HcsContainer -HcsHost $h", ("h", host));
        Assert.Equal([false], service.Listened);
        Session.Run("Get-HcsContainer -HcsHost $h -Verbose");
        Session.Run("Get-HcsContainer -HcsHost $h -Debug");
        Session.Run("Get-HcsContainer -HcsHost $h -Debug:$false");
        Assert.Equal([false, true, true, false], service.Listened);
    }

    private static string[] Records(ScriptResult result, string start) =>
    [
        .. result.Output.Select(record => Regex.Match($"{record}", $"^{start}\\n?(.*)$", RegexOptions.Singleline))
            .Where(match => match.Success).Select(match => match.Groups[1].Value),
    ];

    private static string[] Calls(ScriptResult result) =>
    [
        .. result.Verbose.Select(line => Regex.Match(line, "^(Hcs[A-Za-z]+.*: 0x[0-9A-F]{8}), [0-9]+\\.[0-9] ms$"))
            .Where(match => match.Success).Select(match => match.Groups[1].Value),
    ];

    /// <summary>Records whether the caller of a list wants to know of the end of the call.</summary>
    public class Listening : ServiceProxy
    {
        public System.Collections.Generic.List<bool> Listened { get; } = [];

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == "GetContainersAsync")
            {
                object options = args![^1]!;
                Listened.Add(options.GetType().GetProperty("Ended")!.GetValue(options) is not null);
            }

            return base.Invoke(targetMethod, args);
        }
    }
}
